namespace Tidegate.Platform.Hosting;

/// <summary>
/// Settings of the process (not of the product: those are the configuration document). From flags, else from environment variables
/// <c>TIDEGATE_...</c>, else the defaults here. Bad settings stop the process at start with every problem listed.
/// </summary>
public sealed record ProcessOptions
{
    /// <summary>Directory of the embedded stores and the last good document. Default <c>./data</c>; <c>--data</c>, <c>TIDEGATE_DATA</c>.</summary>
    public string DataDirectory { get; init; } = "data";

    /// <summary>Where traffic is taken. Default <c>http://0.0.0.0:8080</c>; <c>--listen</c> (repeatable), <c>TIDEGATE_LISTEN</c>.</summary>
    public IReadOnlyList<Uri> Listen { get; init; } = [new("http://0.0.0.0:8080")];

    /// <summary>Where console, API and metrics are. Loopback unless told otherwise. Default <c>http://127.0.0.1:8081</c>; <c>--admin</c>, <c>TIDEGATE_ADMIN</c>.</summary>
    public Uri Admin { get; init; } = new("http://127.0.0.1:8081");

    /// <summary>PostgreSQL connection string of the state database; null (default) means SQLite in the data directory. <c>--database</c>, <c>TIDEGATE_DATABASE</c>.</summary>
    public string? Database { get; init; }

    /// <summary>Directory of configuration documents applied at start; <c>--config</c>, <c>TIDEGATE_CONFIG</c>.</summary>
    public string? ConfigDirectory { get; init; }

    /// <summary>Applies the configuration directory again when it changes. Default false; <c>--watch</c>, <c>TIDEGATE_WATCH</c>.</summary>
    public bool Watch { get; init; }

    /// <summary>Zone of this node, for zone-aware balancing; <c>--zone</c>, <c>TIDEGATE_ZONE</c>.</summary>
    public string? Zone { get; init; }

    /// <summary>Directory of TLS certificates for the traffic port: <c>NAME.crt</c> + <c>NAME.key</c>, PEM, chosen by SNI, reloaded on change; <c>client-ca.pem</c> holds the authorities of client certificates, which are asked for only where it exists; <c>--certificates</c>, <c>TIDEGATE_CERTIFICATES</c>.</summary>
    public string? CertificateDirectory { get; init; }

    /// <summary>Proxies (addresses or CIDR) whose <c>X-Forwarded-*</c> headers are believed. Default none; <c>--trusted-proxy</c>, <c>TIDEGATE_TRUSTED_PROXIES</c>.</summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>Longest wait for calls in flight at shutdown. Default 30 s; <c>--drain</c>, <c>TIDEGATE_DRAIN</c>.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long <c>/readyz</c> is red before the traffic ports stop taking connections. Default 0; <c>--drain-delay</c>, <c>TIDEGATE_DRAIN_DELAY</c>.</summary>
    public TimeSpan DrainDelay { get; init; }

    /// <summary>Days of raw call log kept. Default 7; <c>--calls-days</c>, <c>TIDEGATE_CALLS_DAYS</c>.</summary>
    public int CallLogDays { get; init; } = 7;

    /// <summary>Most bytes of raw call log kept, oldest day dropped first. Default 10 GiB; <c>--calls-bytes</c>, <c>TIDEGATE_CALLS_BYTES</c>.</summary>
    public long CallLogBytes { get; init; } = 10L << 30;

    /// <summary>Days of bodies of calls kept, where a Model keeps them. Default 7; <c>--bodies-days</c>, <c>TIDEGATE_BODIES_DAYS</c>.</summary>
    public int BodiesDays { get; init; } = 7;

    /// <summary>Most bytes of bodies of calls kept, oldest dropped first. Default 1 GiB; <c>--bodies-bytes</c>, <c>TIDEGATE_BODIES_BYTES</c>.</summary>
    public long BodiesBytes { get; init; } = 1L << 30;

    /// <summary>OTLP endpoint of a collector; null (default) sends nothing; <c>--otlp</c>, <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>.</summary>
    public Uri? Otlp { get; init; }

    /// <summary>Where OTLP metrics are taken by gRPC: HTTP/2 without TLS, and nothing else there. Null (default): nowhere; by HTTP they are always taken at <see cref="Admin"/>. <c>--otlp-grpc</c>, <c>TIDEGATE_OTLP_GRPC</c>.</summary>
    public Uri? OtlpGrpc { get; init; }

    /// <summary>Share of calls traced when the caller did not decide. Default 0.01; <c>--trace-share</c>, <c>TIDEGATE_TRACE_SHARE</c>.</summary>
    public double TraceShare { get; init; } = 0.01;

    /// <summary>Logs as JSON lines instead of text. Default false; <c>--log-json</c>, <c>TIDEGATE_LOG_JSON</c>.</summary>
    public bool LogJson { get; init; }
}
