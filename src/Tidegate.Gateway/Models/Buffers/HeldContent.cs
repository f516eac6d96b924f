using System.Net;

namespace Tidegate.Gateway.Models.Buffers;

/// <summary>
/// The body of a request whose bytes are lent. They are held while they are written: over HTTP/2 an answer may come before all is sent, and what is left of a cancelled attempt is
/// written, or not, when the call may be over.
/// </summary>
/// <param name="holder">Who lends the bytes.</param>
/// <param name="body">The bytes.</param>
internal sealed class HeldContent(PooledBytes holder, ReadOnlyMemory<byte> body) : HttpContent
{
    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (!holder.TryHold()) return Task.FromException(new IOException("The call is over."));
        ValueTask writing;
        try
        {
            writing = stream.WriteAsync(body, cancellationToken);
            if (!writing.IsCompletedSuccessfully) return WaitAsync(writing);
            writing.GetAwaiter().GetResult();
        }
        catch
        {
            holder.Release();
            throw;
        }

        holder.Release();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }

    private async Task WaitAsync(ValueTask writing)
    {
        try
        {
            await writing;
        }
        finally
        {
            holder.Release();
        }
    }
}
