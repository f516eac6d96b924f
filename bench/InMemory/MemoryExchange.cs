using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Tidegate.Gateway.Request;

namespace Tidegate.Benchmarks.InMemory;

/// <summary>
/// What the server hands to the application, without a server: one keep-alive connection whose request is given and whose answer is thrown away.
/// It allocates nothing per call, so that what is measured is ours.
/// </summary>
internal sealed class MemoryExchange : IFeatureCollection, IHostContextContainer<GatewayCall>, IHttpRequestFeature, IHttpResponseFeature, IHttpResponseBodyFeature,
    IHttpRequestLifetimeFeature, IHttpConnectionFeature, IHttpRequestBodyDetectionFeature, IRequestBodyPipeFeature, IHttpRequestIdentifierFeature,
    IHttpMaxRequestBodySizeFeature
{
    private readonly DiscardingWriter _answer = new();
    private readonly byte[] _body;
    private readonly (string Raw, string Path, string Query)[] _targets;
    private readonly (string Name, StringValues Value)[] _headers;
    private int _next;
    private readonly ReplayedBody _reader;
    private Dictionary<Type, object>? _others;
    private bool _started;

    public MemoryExchange(string method, string[] targets, byte[] body, params (string Name, string Value)[] headers)
    {
        Method = method;
        _targets = [.. targets.Select(Split)];
        _body = body;
        _reader = new ReplayedBody(body);
        _headers = [("Host", "bench.example"), ("Accept", "application/json"), ("User-Agent", "bench/1.0"), .. headers.Select(h => (h.Name, new StringValues(h.Value)))];
        if (body.Length > 0) _headers = [.. _headers, ("Content-Length", body.Length.ToString(CultureInfo.InvariantCulture))];
    }

    /// <summary>Bytes of body answered by the last call.</summary>
    public long Answered => _answer.Written;

    private HeaderDictionary RequestHeaders { get; } = [];

    private HeaderDictionary ResponseHeaders { get; } = [];

    public GatewayCall? HostContext { get; set; }

    // --- request
    public string Protocol { get; set; } = "HTTP/1.1";

    public string Scheme { get; set; } = "http";

    public string Method { get; set; }

    public string PathBase { get; set; } = "";

    public string Path { get; set; } = "";

    public string QueryString { get; set; } = "";

    public string RawTarget { get; set; } = "";

    IHeaderDictionary IHttpRequestFeature.Headers { get => RequestHeaders; set => throw new NotSupportedException(); }

    Stream IHttpRequestFeature.Body { get; set; } = Stream.Null;

    public PipeReader Reader => _reader;

    public bool CanHaveBody => _body.Length > 0;

    public bool IsReadOnly => false;

    public long? MaxRequestBodySize { get; set; }

    public string TraceIdentifier { get; set; } = "memory";

    public CancellationToken RequestAborted { get; set; } = new CancellationTokenSource().Token;

    // --- connection
    public string ConnectionId { get; set; } = "memory";

    public IPAddress? RemoteIpAddress { get; set; } = IPAddress.Loopback;

    public IPAddress? LocalIpAddress { get; set; } = IPAddress.Loopback;

    public int RemotePort { get; set; } = 40000;

    public int LocalPort { get; set; } = 8080;

    // --- response
    public int StatusCode { get; set; } = 200;

    public string? ReasonPhrase { get; set; }

    IHeaderDictionary IHttpResponseFeature.Headers { get => ResponseHeaders; set => throw new NotSupportedException(); }

    Stream IHttpResponseFeature.Body { get => _answer.AsStream(leaveOpen: true); set => throw new NotSupportedException(); }

    public bool HasStarted => _started || _answer.Flushed;

    public Stream Stream => _answer.AsStream(leaveOpen: true);

    public PipeWriter Writer => _answer;

    // --- features
    public int Revision => 0;

    bool IFeatureCollection.IsReadOnly => false;

    public object? this[Type key]
    {
        get => key.IsInstanceOfType(this) ? this : _others?.GetValueOrDefault(key);
        set => (_others ??= [])[key] = value!;
    }

    public TFeature? Get<TFeature>() => this is TFeature feature ? feature : (TFeature?)_others?.GetValueOrDefault(typeof(TFeature));

    public void Set<TFeature>(TFeature? instance) => this[typeof(TFeature)] = instance;

    /// <summary>Begins the next request of the connection.</summary>
    public void Next()
    {
        (RawTarget, Path, QueryString) = _targets[_next];
        _next = (_next + 1) % _targets.Length;
        RequestHeaders.Clear(); // stages take out what they used
        foreach (var (name, value) in _headers) RequestHeaders[name] = value;
        ResponseHeaders.Clear();
        StatusCode = 200;
        ReasonPhrase = null;
        _started = false;
        _answer.Begin();
        _reader.Begin();
    }

    public void Abort() => throw new InvalidOperationException("The gateway broke the connection of a measured call.");

    public void OnStarting(Func<object, Task> callback, object state) => throw new NotSupportedException("The gateway asks the server for OnStarting: it costs a stack per call.");

    public void OnCompleted(Func<object, Task> callback, object state) => throw new NotSupportedException("The gateway asks the server for OnCompleted: it costs a stack per call.");

    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        _started = true;
        return Task.CompletedTask;
    }

    public Task CompleteAsync() => Task.CompletedTask;

    public void DisableBuffering()
    {
    }

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => throw new NotSupportedException();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

    private static (string Raw, string Path, string Query) Split(string target)
    {
        var query = target.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? (target, target, "") : (target, target[..query], target[query..]);
    }

    /// <summary>The request's body, there at once and complete, in one piece as small bodies are.</summary>
    private sealed class ReplayedBody(byte[] bytes) : PipeReader
    {
        private int _at;

        public void Begin() => _at = 0;

        public override void AdvanceTo(SequencePosition consumed) => _at = consumed.GetInteger();

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => AdvanceTo(consumed);

        public override void CancelPendingRead()
        {
        }

        public override void Complete(Exception? exception = null)
        {
        }

        public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
        {
            TryRead(out var result);
            return ValueTask.FromResult(result);
        }

        public override bool TryRead(out ReadResult result)
        {
            result = new ReadResult(new ReadOnlySequence<byte>(bytes, _at, bytes.Length - _at), isCanceled: false, isCompleted: true);
            return true;
        }
    }

    /// <summary>Where the answer goes.</summary>
    private sealed class DiscardingWriter : PipeWriter
    {
        private readonly byte[] _buffer = new byte[128 * 1024];
        private Stream? _stream;

        public long Written { get; private set; }

        public bool Flushed { get; private set; }

        public override bool CanGetUnflushedBytes => true;

        public override long UnflushedBytes => 0;

        public void Begin() => (Written, Flushed) = (0, false);

        public override void Advance(int bytes) => Written += bytes;

        public override Memory<byte> GetMemory(int sizeHint = 0) => _buffer;

        public override Span<byte> GetSpan(int sizeHint = 0) => _buffer;

        public override Stream AsStream(bool leaveOpen = false) => _stream ??= base.AsStream(leaveOpen);

        public override void CancelPendingFlush()
        {
        }

        public override void Complete(Exception? exception = null)
        {
        }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            Flushed = true;
            return ValueTask.FromResult(default(FlushResult));
        }

        public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
        {
            Written += source.Length;
            Flushed = true;
            return ValueTask.FromResult(default(FlushResult));
        }
    }
}
