using System.Net;

namespace Tidegate.Gateway.Request.Forward;

/// <summary>
/// No body, but the headers that describe one; and for methods that are not idempotent, the sign that keeps the HTTP client from sending the request
/// again by itself when a connection closes before the response.
/// </summary>
internal sealed class EmptyContent : HttpContent
{
    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => Task.CompletedTask;

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return true;
    }
}
