using System.Net;
using Tidegate.Gateway.Request.Guard;

namespace Tidegate.Gateway.Request.Forward;

/// <summary>The request body as one attempt sends it.</summary>
internal sealed class RequestBodyContent(RequestBody body, Attempt attempt) : HttpContent
{
    /// <summary>The copy under way or done; null before the client asked for the body.</summary>
    public Task? Copying { get; private set; }

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        Copying = body.CopyToAsync(stream, attempt, cancellationToken);

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = body.Length ?? 0;
        return body.Length.HasValue;
    }
}
