using System.Security.Cryptography;
using System.Text;
using Tidegate.Tests.Support;

namespace Tidegate.EndToEnd.Support;

/// <summary>A directory of configuration documents as a user keeps it.</summary>
internal sealed class ConfigFiles : IDisposable
{
    /// <summary>A caller key; only its hash stands in documents.</summary>
    public const string Key = "tests-own-key-with-plenty-of-entropy-4f1d";

    private readonly TempDirectory _directory = new();

    public ConfigFiles(params ReadOnlySpan<string> documents) => Write("config.yaml", documents);

    /// <summary>Where they are.</summary>
    public string Path => _directory.Path;

    /// <summary>Writes or replaces one file.</summary>
    public string Write(string name, params ReadOnlySpan<string> documents)
    {
        var path = _directory.Combine(name);
        File.WriteAllText(path, string.Join("\n---\n", documents));
        return path;
    }

    public void Delete(string name) => File.Delete(_directory.Combine(name));

    /// <summary>A service with one destination; <paramref name="more"/> are further lines of its spec.</summary>
    public static string Service(string name, Uri address, string more = "") => $"""
        apiVersion: tidegate/v1
        kind: Service
        metadata: {Braces($"name: {name}")}
        spec:
          destinations:
            - address: {address.GetLeftPart(UriPartial.Authority)}
        {Indented(more)}
        """;

    /// <summary>A route to a service, open to anybody unless <paramref name="more"/> says otherwise.</summary>
    public static string Route(string name, string path, string service, string more = "identify: { anonymous: true }") => $"""
        apiVersion: tidegate/v1
        kind: Route
        metadata: {Braces($"name: {name}")}
        spec:
          match: {Braces($"path: \"{path}\"")}
          service: {service}
        {Indented(more)}
        """;

    /// <summary>The caller who has <see cref="Key"/>.</summary>
    public static string Consumer(string name = "tests") => $$"""
        apiVersion: tidegate/v1
        kind: Consumer
        metadata: { name: {{name}} }
        spec:
          keys:
            - { id: k_tests, sha256: {{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Key)))}} }
        """;

    public void Dispose() => _directory.Dispose();

    private static string Braces(string text) => "{ " + text + " }";

    private static string Indented(string lines) => string.Join('\n', lines.Split('\n').Select(line => "  " + line));
}
