namespace Tidegate.Core.Calls;

/// <summary>
/// What is known of one call when it has ended: exactly one per call, whatever happened. Written by the gateway, read only after
/// <see cref="Ports.ICallSink.TryWrite"/> took it over. Durations are in microseconds from <see cref="StartedAt"/>; -1 means "did not happen".
/// </summary>
public sealed class CallRecord
{
    private AttemptList _attempts;

    /// <summary>Id of the call: 32 hex digits, time-ordered (UUIDv7). Sent to the caller as <c>X-Tidegate-Call-Id</c>.</summary>
    public Guid Id { get; set; }

    /// <summary>W3C trace id: the caller's, or new; 0 when there is none. Its text: <see cref="TraceContext.Text(UInt128)"/>.</summary>
    public UInt128 TraceId { get; set; }

    /// <summary>W3C id of the gateway's span; 0 when there is none. Its text: <see cref="TraceContext.Text(ulong)"/>.</summary>
    public ulong SpanId { get; set; }

    /// <summary>When the request line and headers had been read. UTC.</summary>
    public DateTimeOffset StartedAt { get; set; }

    /// <summary>Whole call, to the last byte sent or the failure.</summary>
    public long DurationUs { get; set; }

    /// <summary>First byte of the final attempt's answer seen from upstream.</summary>
    public long UpstreamFirstByteUs { get; set; } = -1;

    /// <summary>First byte of the body sent to the caller.</summary>
    public long FirstByteUs { get; set; } = -1;

    /// <summary>Name of the route, or empty when none matched.</summary>
    public string Route { get; set; } = "";

    /// <summary>Name of the service, or empty.</summary>
    public string Service { get; set; } = "";

    /// <summary>Version label of the route or split that was taken, or version of the prompt; or empty.</summary>
    public string Version { get; set; } = "";

    /// <summary>Name of the prompt that was called, or empty; its version is in <see cref="Version"/>.</summary>
    public string Prompt { get; set; } = "";

    /// <summary>Name of the consumer, or empty for an anonymous caller.</summary>
    public string Consumer { get; set; } = "";

    /// <summary>Id of the key used, or empty.</summary>
    public string KeyId { get; set; } = "";

    /// <summary>Destination that gave the final answer, or empty.</summary>
    public string Destination { get; set; } = "";

    /// <summary>HTTP method.</summary>
    public string Method { get; set; } = "";

    /// <summary>Host asked for, without port.</summary>
    public string Host { get; set; } = "";

    /// <summary>Path asked for, without the query (queries carry secrets). At most 2,048 characters are kept.</summary>
    public string Path { get; set; } = "";

    /// <summary>Address of the caller (after trusted proxies).</summary>
    public string ClientIp { get; set; } = "";

    /// <summary><c>HTTP/1.1</c>, <c>HTTP/2</c>, ...</summary>
    public string Protocol { get; set; } = "";

    /// <summary><c>http</c>, <c>grpc</c>, <c>websocket</c>, <c>sse</c>, <c>model</c> or <c>shadow</c> (no call of anybody's: a mirrored one).</summary>
    public string Kind { get; set; } = "http";

    /// <summary>Status the caller saw; 0 when none was sent, 499 when the caller left before.</summary>
    public int Status { get; set; }

    /// <summary><c>grpc-status</c> of a gRPC call; -1 for others and when none came.</summary>
    public int GrpcStatus { get; set; } = -1;

    /// <summary>Outcome class.</summary>
    public CallOutcome Outcome { get; set; }

    /// <summary>Body bytes read from the caller.</summary>
    public long RequestBytes { get; set; }

    /// <summary>Body bytes sent to the caller.</summary>
    public long ResponseBytes { get; set; }

    /// <summary>What went wrong, in one sentence for the operator; empty when nothing did. Never a secret.</summary>
    public string Error { get; set; } = "";

    /// <summary>Which policy decided, and why, in order: <c>limit per-key exceeded</c>, <c>retry 2: connection refused</c>. Empty for an uneventful call.</summary>
    public string Why { get; set; } = "";

    /// <summary>For a call of a model: use and cost of the attempt that answered, or of the last one when none did; null for all others. What the others cost stands with them.</summary>
    public ModelUse? Use { get; set; }

    /// <summary>What is known of the answer's quality.</summary>
    public CallFacts Facts { get; set; }

    /// <summary>
    /// Age of what was answered, in seconds; -1 when it is not known. Of an upstream's answer below 400: its <c>Age</c>, else the time from its <c>Last-Modified</c> to its <c>Date</c>
    /// (RFC 9110). Of an answer that was kept: the time since it was given first.
    /// </summary>
    public int AgeSeconds { get; set; } = -1;

    /// <summary>For a mirrored call, of kind <c>shadow</c>: how it compares with the one it mirrors; null for all others.</summary>
    public ShadowComparison? Shadow { get; set; }

    /// <summary>Configuration revision that decided.</summary>
    public long Revision { get; set; }

    /// <summary>Number of upstream attempts.</summary>
    public int AttemptCount => _attempts.Count;

    /// <summary>Attempt by index, in order of start.</summary>
    public AttemptRecord Attempt(int index) => _attempts[index];

    /// <summary>Adds an attempt, in order of start. The common single attempt costs no list.</summary>
    public void AddAttempt(in AttemptRecord attempt) => _attempts.Add(attempt);
}
