using System.Globalization;
using System.Net;

namespace Tidegate.Benchmarks.InMemory;

/// <summary>
/// The upstream, without sockets. Its answer comes after the call has begun to wait, as real ones do, so that what waiting costs is in the figure; it
/// comes on the measuring thread, so that all of it is. The answer is made once and given to every call: only the pending task is new (about 100 bytes).
/// </summary>
internal sealed class MemoryUpstream : HttpMessageHandler
{
    private readonly HttpResponseMessage _answer;
    private readonly ReplayedContent _content;
    private TaskCompletionSource<HttpResponseMessage>? _waiting;

    public MemoryUpstream(MemoryAnswer answer)
    {
        _content = new ReplayedContent(answer);
        _answer = new HttpResponseMessage(HttpStatusCode.OK) { Content = _content, Version = HttpVersion.Version11 };
        _answer.Headers.TryAddWithoutValidation("Server", "memory");
        _answer.Headers.TryAddWithoutValidation("Date", "Sun, 22 Nov 2026 16:00:00 GMT");
        _content.Headers.TryAddWithoutValidation("Content-Type", answer.MediaType);
        if (answer.Pieces.Count == 1) _content.Headers.TryAddWithoutValidation("Content-Length", answer.Length.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Requests seen.</summary>
    public int Requests { get; private set; }

    /// <summary>Lets a waiting call go on; the rest of it runs before this returns.</summary>
    public void Answer() => Interlocked.Exchange(ref _waiting, null)?.SetResult(_answer);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests++;
        _content.Begin();
        var waiting = new TaskCompletionSource<HttpResponseMessage>();
        if (request.Content is { } body)
        {
            // A small body is written without waiting, here as on a socket.
            var copying = body.CopyToAsync(Stream.Null, cancellationToken);
            if (!copying.IsCompletedSuccessfully) throw new InvalidOperationException("The request body was not there at once.");
        }

        _waiting = waiting;
        return waiting.Task;
    }

    /// <summary>Content that survives being disposed of with its response.</summary>
    private sealed class ReplayedContent(MemoryAnswer answer) : HttpContent
    {
        private readonly Replayed _stream = new(answer.Pieces);

        public void Begin() => _stream.Begin();

        protected override Stream CreateContentReadStream(CancellationToken cancellationToken) => _stream;

        protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(_stream);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => throw new NotSupportedException();

        protected override bool TryComputeLength(out long length)
        {
            length = answer.Length;
            return answer.Pieces.Count == 1;
        }

#pragma warning disable CA2215 // what the base would release is what is used again
        protected override void Dispose(bool disposing)
        {
        }
#pragma warning restore CA2215
    }

    /// <summary>Gives piece by piece, each there at once.</summary>
    private sealed class Replayed(IReadOnlyList<byte[]> pieces) : Stream
    {
        private int _piece, _at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public void Begin() => (_piece, _at) = (0, 0);

        public override int Read(Span<byte> buffer)
        {
            if (_piece == pieces.Count) return 0;
            var piece = pieces[_piece].AsSpan(_at);
            var count = Math.Min(piece.Length, buffer.Length);
            piece[..count].CopyTo(buffer);
            (_piece, _at) = count == piece.Length ? (_piece + 1, 0) : (_piece, _at + count);
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Close()
        {
        }
    }
}
