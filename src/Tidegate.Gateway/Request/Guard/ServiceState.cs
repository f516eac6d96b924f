namespace Tidegate.Gateway.Request.Guard;

/// <summary>What is remembered of a service across snapshots: connections, retry budget, bulkhead, adaptive limit.</summary>
internal sealed class ServiceState(HttpMessageInvoker client) : IDisposable
{
    /// <summary>Connections to its destinations.</summary>
    public HttpMessageInvoker Client { get; } = client;

    /// <inheritdoc/>
    public void Dispose() => Client.Dispose();
}
