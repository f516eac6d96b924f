using Microsoft.Extensions.DependencyInjection;
using Tidegate.Core.Calls;
using Tidegate.EndToEnd.Support;
using Tidegate.EndToEnd.Support.Peers;
using Tidegate.EndToEnd.Support.Tools;
using Tidegate.Insight.Bodies;
using Tidegate.Insight.CallLog;
using Tidegate.Insight.Telemetry;

namespace Tidegate.EndToEnd.Telemetry;

[Collection(nameof(Alone))] // meters are found by name in the whole process
public sealed class MetricsTests
{
    [Fact]
    public async Task Metrics_EveryOne_PassesPromtool()
    {
        var promtool = ExternalTool.Promtool.Require();
        await using var host = await TelemetryHost.StartAsync();
        host.TouchAll();

        var text = await host.MetricsAsync();

        foreach (var metric in CallMetricNames.All.Concat(CallLogMetricNames.All).Concat(BodyMetricNames.All).Concat(TelemetryMetricNames.All))
        {
            Assert.Contains($"# HELP {metric.Name} {metric.Help}\n", text);
            Assert.Contains($"# TYPE {metric.Name} {metric.Kind.ToString().ToLowerInvariant()}\n", text);
        }
        using var file = new Tidegate.Tests.Support.TempDirectory();
        await File.WriteAllTextAsync(file.Combine("metrics"), text, TestContext.Current.CancellationToken);
        var check = await ToolRun.OfAsync("/bin/sh", ["-c", $"{promtool} check metrics < {file.Combine("metrics")}"], TimeSpan.FromSeconds(30));
        Assert.True(check.ExitCode == 0 && check.Output + check.Errors == "", check + "\n" + text);
    }

    [Fact]
    public async Task Metrics_ScrapedByPrometheus_AreThereToBeAsked()
    {
        await using var host = await TelemetryHost.StartAsync();
        var calls = CallMetricNames.Calls.Counter(host.Gateway);
        var duration = CallMetricNames.CallDuration.Histogram(host.Gateway);
        for (var i = 0; i < 100; i++)
        {
            calls.Add(1, new("route", "orders"), new("service", "shop"), new("outcome", i < 10 ? "timeout" : "ok"), new("code", i < 10 ? 504 : 200));
            duration.Record(i < 95 ? 0.004 : 2, new KeyValuePair<string, object?>("route", "orders"), new KeyValuePair<string, object?>("service", "shop"));
        }
        host.Services.GetRequiredService<CallSink>().TryWrite(new() { StartedAt = DateTimeOffset.UtcNow });
        await using var prometheus = await PrometheusPeer.StartAsync(host.Address, "none");

        await Eventually.HoldsAsync(async () =>
        {
            Assert.Equal("up", await prometheus.TargetAsync());
            Assert.Equal(1, await prometheus.ValueAsync("tidegate_call_records_written_total"));
        }, TimeSpan.FromSeconds(30));

        Assert.Equal(90, await prometheus.ValueAsync("tidegate_calls_total{route=\"orders\",outcome=\"ok\",code=\"200\"}"));
        Assert.Equal(0.1, await prometheus.ValueAsync("sum(tidegate_calls_total{outcome=\"timeout\"}) / sum(tidegate_calls_total)"));
        Assert.Equal(100, await prometheus.ValueAsync("tidegate_call_duration_seconds_count"));
        Assert.InRange((await prometheus.ValueAsync("histogram_quantile(0.99, tidegate_call_duration_seconds_bucket)"))!.Value, 1, 2.5);
        Assert.Equal(1, await prometheus.ValueAsync("tidegate_build_info"));
        Assert.Equal(0, await prometheus.ValueAsync("sum(tidegate_call_records_dropped_total)"));
        Assert.InRange((await prometheus.ValueAsync("process_resident_memory_bytes"))!.Value, 1e6, 1e11);
        Assert.InRange((await prometheus.ValueAsync("time() - process_start_time_seconds"))!.Value, 0, 3600);
    }

    [Fact]
    public async Task Metrics_TenThousandRoutes_FitAndWhatDoesNotIsCountedAndShown()
    {
        await using var host = await TelemetryHost.StartAsync();
        var calls = CallMetricNames.Calls.Counter(host.Gateway);
        for (var route = 0; route < 10_000; route++)
        {
            foreach (var code in new[] { 200, 404, 503 }) calls.Add(1, new("route", $"r{route}"), new("service", "s"), new("outcome", "ok"), new("code", code));
        }
        Assert.DoesNotContain("otel_metric_overflow", await host.MetricsAsync());

        for (var route = 0; route < 20_000; route++) calls.Add(1, new("route", $"more{route}"), new("service", "s"), new("outcome", "ok"), new("code", 200));
        await Eventually.HoldsAsync(async () =>
        {
            var series = (await host.MetricsAsync()).Split('\n').Where(l => l.StartsWith("tidegate_calls_total{")).ToList();
            Assert.Equal(50_000, series.Sum(l => long.Parse(l.Split(' ')[1])));
            Assert.Single(series, l => l.Contains("otel_metric_overflow=\"true\""));
        }, TimeSpan.FromSeconds(10));
    }
}
