namespace Tidegate.Gateway.Request.Forward;

/// <summary>The connections of a service, kept by the next snapshot when nothing they depend on has changed.</summary>
internal sealed class UpstreamConnections(HttpMessageInvoker client, string identity) : IDisposable
{
    /// <summary>Sends.</summary>
    public HttpMessageInvoker Client { get; } = client;

    /// <summary>Settings they depend on; equal ones may share connections.</summary>
    public string Identity { get; } = identity;

    /// <inheritdoc/>
    public void Dispose() => Client.Dispose();
}
