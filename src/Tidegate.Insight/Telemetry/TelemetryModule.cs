using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Tidegate.Core.Calls;
using Tidegate.Insight.Telemetry.Metrics;
using Tidegate.Insight.Telemetry.Otlp;
using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.Telemetry;

/// <summary>Metrics for Prometheus at <c>/metrics</c>; traces, metrics and logs to a collector by OTLP when there is one.</summary>
public sealed class TelemetryModule : Module
{
    /// <summary>Path of the metrics on the admin port.</summary>
    public const string MetricsPath = "/metrics";

    /// <summary>Name under which this process reports itself.</summary>
    public const string ServiceName = "tidegate";

    /// <summary>Scraping.</summary>
    public static Permission Read { get; } = new("metrics.read", Role.Viewer, "Read the metrics of this node.");

    /// <inheritdoc/>
    public override string Name => "Telemetry";

    /// <inheritdoc/>
    public override IReadOnlyList<Permission> Permissions => [Read];

    /// <inheritdoc/>
    public override void Register(IServiceCollection services, ProcessOptions options)
    {
        var target = options.Otlp is null ? null : OtlpTarget.Of(options.Otlp, Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL"));
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(static resource => resource.AddService(ServiceName, serviceVersion: typeof(TelemetryModule).Assembly.GetName().Version?.ToString(3), serviceInstanceId: Environment.MachineName))
            .WithMetrics(metrics => Metrics(metrics, target));
        if (target is null) return;
        telemetry
            .WithTracing(traces => traces.AddSource(CallMetricNames.Meter).SetSampler(new ParentBasedSampler(new AlwaysOnSampler())).AddOtlpExporter(exporter => target.Apply(exporter, "traces")))
            .WithLogging(logs => logs.AddOtlpExporter(exporter => target.Apply(exporter, "logs")), static logs => (logs.IncludeFormattedMessage, logs.ParseStateValues) = (true, true));
    }

    /// <inheritdoc/>
    public override void MapRoot(IEndpointRouteBuilder root)
    {
        ArgumentNullException.ThrowIfNull(root);
        root.MapPrometheusScrapingEndpoint(MetricsPath).RequirePermission(Read);
    }

    // The meters of other modules are added by them.
    private static void Metrics(MeterProviderBuilder metrics, OtlpTarget? target)
    {
        metrics.AddMeter(CallMetricNames.Meter, TelemetryMetricNames.Meter)
            .AddInstrumentation(static () => new ProcessMetrics())
            .AddSeriesLimits()
            .AddPrometheusExporter(static prometheus => prometheus.ScopeInfoEnabled = false);
        if (target is not null) metrics.AddOtlpExporter(exporter => target.Apply(exporter, "metrics"));
    }
}
