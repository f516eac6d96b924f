using Tidegate.Platform.Hosting;
using Tidegate.Platform.Storage;

namespace Tidegate.Hosting.Settings;

/// <summary>Every setting of <see cref="ProcessOptions"/>, in the order of the help. A new setting is a property there and a line here.</summary>
internal static class ProcessSettings
{
    /// <summary>All settings, their help naming the values of <paramref name="defaults"/>.</summary>
    public static IReadOnlyList<ProcessSetting> For(ProcessOptions defaults) =>
    [
        new("--listen", "TIDEGATE_LISTEN", "url", $"Take traffic here; repeatable [default: {string.Join(", ", defaults.Listen.Select(Shown))}]",
            (options, texts) => options with { Listen = [.. texts.Select(SettingText.ListenAddress)] }) { Repeats = true },
        new("--admin", "TIDEGATE_ADMIN", "url", $"Serve API, metrics and health here [default: {Shown(defaults.Admin)}]",
            (options, texts) => options with { Admin = SettingText.ListenAddress(texts[^1]) }),
        new("--data", "TIDEGATE_DATA", "dir", $"Keep the embedded stores here [default: ./{defaults.DataDirectory}]",
            (options, texts) => options with { DataDirectory = texts[^1] }),
        new("--database", "TIDEGATE_DATABASE", "connection", "PostgreSQL connection string of the state database; secrets belong into the variable [default: SQLite in the data directory]",
            (options, texts) => options with { Database = DatabaseText.Check(texts[^1]) }),
        new("--config", "TIDEGATE_CONFIG", "dir", "Apply the documents of this directory at start",
            (options, texts) => options with { ConfigDirectory = SettingText.ExistingDirectory(texts[^1]) }),
        new("--watch", "TIDEGATE_WATCH", "", "Apply the configuration directory again whenever it changes",
            (options, texts) => options with { Watch = SettingText.Switch(texts[^1]) }) { IsSwitch = true },
        new("--certificates", "TIDEGATE_CERTIFICATES", "dir", "Directory of NAME.crt and NAME.key for https addresses, chosen by SNI, reloaded on change",
            (options, texts) => options with { CertificateDirectory = SettingText.ExistingDirectory(texts[^1]) }),
        new("--trusted-proxy", "TIDEGATE_TRUSTED_PROXIES", "address", "Believe X-Forwarded-* of this address or CIDR; repeatable [default: nobody]",
            (options, texts) => options with { TrustedProxies = [.. texts.Select(SettingText.Network)] }) { Repeats = true },
        new("--zone", "TIDEGATE_ZONE", "name", "Zone of this node, for zone-aware balancing",
            (options, texts) => options with { Zone = texts[^1] }),
        new("--drain", "TIDEGATE_DRAIN", "duration", $"Longest wait for calls in flight when stopping [default: {defaults.Drain.TotalSeconds:0}s]",
            (options, texts) => options with { Drain = SettingText.Duration(texts[^1]) }),
        new("--drain-delay", "TIDEGATE_DRAIN_DELAY", "duration", $"Take calls for this long with /readyz red before draining: two probes of the load balancer [default: {defaults.DrainDelay.TotalSeconds:0}s]",
            (options, texts) => options with { DrainDelay = SettingText.Duration(texts[^1]) }),
        new("--calls-days", "TIDEGATE_CALLS_DAYS", "days", $"Days of raw call log kept [default: {defaults.CallLogDays}]",
            (options, texts) => options with { CallLogDays = SettingText.Whole(texts[^1], 1, 3_650) }),
        new("--calls-bytes", "TIDEGATE_CALLS_BYTES", "bytes", "Most bytes of raw call log kept, the oldest day goes first [default: 10GiB]",
            (options, texts) => options with { CallLogBytes = SettingText.Bytes(texts[^1], 16L << 20) }),
        new("--bodies-days", "TIDEGATE_BODIES_DAYS", "days", $"Days of bodies of calls kept, where a Model keeps them [default: {defaults.BodiesDays}]",
            (options, texts) => options with { BodiesDays = SettingText.Whole(texts[^1], 1, 3_650) }),
        new("--bodies-bytes", "TIDEGATE_BODIES_BYTES", "bytes", "Most bytes of bodies of calls kept, the oldest go first [default: 1GiB]",
            (options, texts) => options with { BodiesBytes = SettingText.Bytes(texts[^1], 16L << 20) }),
        new("--otlp", "OTEL_EXPORTER_OTLP_ENDPOINT", "url", "Send traces, metrics and logs to this OTLP collector",
            (options, texts) => options with { Otlp = SettingText.HttpAddress(texts[^1]) }),
        new("--otlp-grpc", "TIDEGATE_OTLP_GRPC", "url", "Take OTLP metrics by gRPC here, with a token [default: nowhere; by HTTP at /v1/metrics of the admin address]",
            (options, texts) => options with { OtlpGrpc = SettingText.ListenAddress(texts[^1]) }),
        new("--trace-share", "TIDEGATE_TRACE_SHARE", "share", $"Share of calls traced when the caller did not decide, 0 to 1 [default: {defaults.TraceShare}]",
            (options, texts) => options with { TraceShare = SettingText.Share(texts[^1]) }),
        new("--log-json", "TIDEGATE_LOG_JSON", "", "Write logs as JSON lines",
            (options, texts) => options with { LogJson = SettingText.Switch(texts[^1]) }) { IsSwitch = true },
    ];

    private static string Shown(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
