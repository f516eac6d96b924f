namespace Tidegate.Demo;

/// <summary>A call of the demo's traffic.</summary>
/// <param name="Method">Method.</param>
/// <param name="Path">Path at the gateway.</param>
/// <param name="Body">JSON; null for none.</param>
internal sealed record DemoCall(HttpMethod Method, string Path, string? Body)
{
    public static DemoCall Get(string path) => new(HttpMethod.Get, path, null);

    public static DemoCall Post(string path, string body) => new(HttpMethod.Post, path, body);
}
