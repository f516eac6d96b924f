using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace Tidegate.Gateway.Models.Responses;

/// <summary>A response body that keeps a copy of what is written, up to a limit, and tells each time before anything is sent: whoever reads the end may ask on at once.</summary>
internal sealed class CopyingBody(IHttpResponseBodyFeature inner, int most, Action sending) : PipeWriter, IHttpResponseBodyFeature
{
    private readonly ArrayBufferWriter<byte> _copy = new();
    private Memory<byte> _lent;
    private bool _over;

    /// <summary>An event that ends a response was written, as the last thing but for closing frames.</summary>
    public bool HasEnd { get; private set; }

    /// <summary>What was written; null when it was more than the limit.</summary>
    public ReadOnlyMemory<byte>? Bytes => _over ? null : _copy.WrittenMemory;

    /// <inheritdoc/>
    public Stream Stream => AsStream(leaveOpen: true);

    /// <inheritdoc/>
    public PipeWriter Writer => this;

    /// <inheritdoc/>
    public override bool CanGetUnflushedBytes => inner.Writer.CanGetUnflushedBytes;

    /// <inheritdoc/>
    public override long UnflushedBytes => inner.Writer.UnflushedBytes;

    /// <inheritdoc/>
    public override Memory<byte> GetMemory(int sizeHint = 0) => _lent = inner.Writer.GetMemory(sizeHint);

    /// <inheritdoc/>
    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <inheritdoc/>
    public override void Advance(int bytes)
    {
        Copy(_lent.Span[..bytes]);
        _lent = default;
        inner.Writer.Advance(bytes);
    }

    /// <inheritdoc/>
    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        Copy(source.Span);
        sending();
        return inner.Writer.WriteAsync(source, cancellationToken);
    }

    /// <inheritdoc/>
    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        sending();
        return inner.Writer.FlushAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void CancelPendingFlush() => inner.Writer.CancelPendingFlush();

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null) => inner.Writer.Complete(exception);

    /// <inheritdoc/>
    public Task CompleteAsync() => inner.CompleteAsync();

    /// <inheritdoc/>
    public void DisableBuffering() => inner.DisableBuffering();

    /// <inheritdoc/>
    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) => inner.SendFileAsync(path, offset, count, cancellationToken);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken = default) => inner.StartAsync(cancellationToken);

    private void Copy(ReadOnlySpan<byte> bytes)
    {
        HasEnd |= bytes.IndexOf("\"response.completed\""u8) >= 0 || bytes.IndexOf("\"response.incomplete\""u8) >= 0;
        _over |= _copy.WrittenCount + bytes.Length > most;
        if (_over) _copy.ResetWrittenCount();
        else _copy.Write(bytes);
    }
}
