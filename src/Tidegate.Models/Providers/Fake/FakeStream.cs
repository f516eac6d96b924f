namespace Tidegate.Models.Providers.Fake;

/// <summary>A body that comes in steps, each after a wait, and ends as it was told.</summary>
internal sealed class FakeStream(IEnumerable<FakeStep> steps, TimeProvider time) : Stream
{
    private readonly IEnumerator<FakeStep> _steps = steps.GetEnumerator();
    private ReadOnlyMemory<byte> _left;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty) return 0;
        while (_left.IsEmpty)
        {
            if (!_steps.MoveNext()) return 0;
            var step = _steps.Current;
            if (step.Wait != TimeSpan.Zero) await Task.Delay(step.Wait, time, cancellationToken);
            if (step.Breaks) throw new IOException("The fake provider's connection broke.");
            _left = step.Bytes;
        }

        var count = Math.Min(buffer.Length, _left.Length);
        _left[..count].CopyTo(buffer);
        _left = _left[count..];
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read it asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _steps.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>A step of <see cref="FakeStream"/>.</summary>
/// <param name="Bytes">What comes.</param>
/// <param name="Wait">Wait before it; <see cref="Timeout.InfiniteTimeSpan"/>: for ever.</param>
/// <param name="Breaks">The connection breaks instead.</param>
internal readonly record struct FakeStep(ReadOnlyMemory<byte> Bytes, TimeSpan Wait = default, bool Breaks = false)
{
    public static FakeStep Stall { get; } = new(default, Timeout.InfiniteTimeSpan);

    public static FakeStep Cut { get; } = new(default, Breaks: true);
}
