using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tidegate.Core.Calls;
using Tidegate.EndToEnd.Support;
using Tidegate.EndToEnd.Support.Otlp;

namespace Tidegate.EndToEnd.Telemetry;

[Collection(nameof(Alone))]
public sealed class OtlpTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Export_TracesMetricsLogs_ReachTheCollector(bool http)
    {
        await using var collector = await OtlpPeer.StartAsync(http);
        // A path that is not the root means HTTP.
        var address = http ? new Uri(collector.Address, "/") : collector.Address;
        Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL", http ? "http/protobuf" : null);
        await using var host = await TelemetryHost.StartAsync(address);
        Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL", null);

        Assert.True(TraceContext.TryParse("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "vendor=x", out var caller));
        using (var span = host.Traces.StartActivity("GET orders", ActivityKind.Server, ActivityContext.Parse(caller.ToTraceparent(), caller.TraceState)))
        {
            Assert.NotNull(span);
            span.SetTag("tidegate.route", "orders");
            CallMetricNames.Calls.Counter(host.Gateway).Add(3, new("route", "orders"), new("service", "shop"), new("outcome", "ok"), new("code", 200));
            CallMetricNames.CallDuration.Histogram(host.Gateway).Record(0.2, new("route", "orders"), new("service", "shop"));
            host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Tidegate.Test").LogWarning(new EventId(3999, "Tried"), "Tried {Times} times", 7);
        }
        using (host.Traces.StartActivity("not sampled", ActivityKind.Server, ActivityContext.Parse("00-4bf92f3577b34da6a3ce929d0e0e4737-00f067aa0ba902b7-00", null)))
        {
        }
        host.Flush();

        var sent = Assert.Single(collector.Spans);
        Assert.Equal(("GET orders", "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", "vendor=x"), (sent.Name, Hex(sent.TraceId), Hex(sent.ParentSpanId), sent.TraceState));
        Assert.Contains(sent.Attributes, a => a.Key == "tidegate.route" && a.Value.StringValue == "orders");

        var (resource, calls) = Assert.Single(collector.Metrics, m => m.Metric.Name == CallMetricNames.Calls.Name);
        Assert.Contains(resource.Attributes, a => a.Key == "service.name" && a.Value.StringValue == "tidegate");
        Assert.Equal((3, true, "{call}"), (Assert.Single(calls.Sum.DataPoints).AsInt, calls.Sum.IsMonotonic, calls.Unit));
        var duration = Assert.Single(collector.Metrics, m => m.Metric.Name == CallMetricNames.CallDuration.Name).Metric.Histogram.DataPoints[0];
        Assert.Equal((1ul, 0.2), (duration.Count, duration.Sum));
        Assert.Equal(CallMetricNames.CallDuration.Buckets!, duration.ExplicitBounds);

        var log = Assert.Single(collector.Logs, l => l.Body.StringValue == "Tried 7 times");
        Assert.Equal("4bf92f3577b34da6a3ce929d0e0e4736", Hex(log.TraceId));
        Assert.Contains(log.Attributes, a => a.Key == "Times" && a.Value.IntValue == 7);
    }

    [Fact]
    public async Task Export_CollectorGone_NothingWaitsAndItEnds()
    {
        await using var host = await TelemetryHost.StartAsync(new Uri("http://127.0.0.1:9"));
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < 10_000; i++)
        {
            using var span = host.Traces.StartActivity("GET", ActivityKind.Server, ActivityContext.Parse("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", null));
        }
        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(5));
        Assert.Contains("tidegate_build_info", await host.MetricsAsync());
    }

    private static string Hex(Google.Protobuf.ByteString bytes) => Convert.ToHexStringLower(bytes.Span);
}
