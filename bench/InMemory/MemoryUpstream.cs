using System.Net;
using System.Text;

namespace Tidegate.Benchmarks.InMemory;

/// <summary>
/// The upstream, without sockets. Its answer comes after the call has begun to wait, as real ones do, so that what waiting costs is in the figure; it
/// comes on the measuring thread, so that all of it is. The answer is made once and given to every call: only the pending task is new (about 100 bytes).
/// </summary>
internal sealed class MemoryUpstream : HttpMessageHandler
{
    private static readonly byte[] Text = Encoding.UTF8.GetBytes($$"""{"id":"0123456789","text":"{{new string('x', 150)}}"}""");
    private readonly HttpResponseMessage _answer;
    private readonly ReplayedContent _content = new();
    private TaskCompletionSource<HttpResponseMessage>? _waiting;

    public MemoryUpstream()
    {
        _answer = new HttpResponseMessage(HttpStatusCode.OK) { Content = _content, Version = HttpVersion.Version11 };
        _answer.Headers.TryAddWithoutValidation("Server", "memory");
        _answer.Headers.TryAddWithoutValidation("Date", "Sun, 22 Nov 2026 16:00:00 GMT");
        _content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        _content.Headers.TryAddWithoutValidation("Content-Length", Text.Length.ToString());
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
    private sealed class ReplayedContent : HttpContent
    {
        private readonly Replayed _stream = new();

        public void Begin() => _stream.Position = 0;

        protected override Stream CreateContentReadStream(CancellationToken cancellationToken) => _stream;

        protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(_stream);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(Text).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = Text.Length;
            return true;
        }

#pragma warning disable CA2215 // what the base would release is what is used again
        protected override void Dispose(bool disposing)
        {
        }
#pragma warning restore CA2215
    }

    private sealed class Replayed() : MemoryStream(Text, writable: false)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

        public override void Close()
        {
        }
    }
}
