using OpenTelemetry.Exporter;

namespace Tidegate.Insight.Telemetry.Otlp;

/// <summary>
/// Where traces, metrics and logs are sent. gRPC, or HTTP with protobuf when the port is 4318 (the registered one for it), the path is not the root, or
/// <c>OTEL_EXPORTER_OTLP_PROTOCOL</c> says <c>http/protobuf</c>. Headers come from <c>OTEL_EXPORTER_OTLP_HEADERS</c>, so that tokens stay out of flags.
/// </summary>
internal sealed record OtlpTarget(Uri Endpoint, OtlpExportProtocol Protocol)
{
    private const int HttpPort = 4318;

    /// <summary>From the setting of the process and what the standard variable says.</summary>
    public static OtlpTarget Of(Uri endpoint, string? protocol) => new(endpoint, protocol switch
    {
        "http/protobuf" => OtlpExportProtocol.HttpProtobuf,
        "grpc" => OtlpExportProtocol.Grpc,
        _ => endpoint.Port == HttpPort || endpoint.AbsolutePath != "/" ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc,
    });

    /// <summary>Sets up an exporter of one signal: <c>traces</c>, <c>metrics</c> or <c>logs</c>.</summary>
    public void Apply(OtlpExporterOptions exporter, string signal)
    {
        exporter.Protocol = Protocol;
        // An address set in code is taken as it is: the path of the signal is ours to add.
        exporter.Endpoint = Protocol == OtlpExportProtocol.Grpc ? Endpoint : new Uri($"{Endpoint.AbsoluteUri.TrimEnd('/')}/v1/{signal}");
    }
}
