using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Tidegate.Core.Calls;
using Tidegate.Insight.Bodies;
using Tidegate.Insight.CallLog;
using Tidegate.Insight.Telemetry;
using Tidegate.Platform.Hosting;
using Tidegate.Tests.Support;

namespace Tidegate.EndToEnd.Telemetry;

/// <summary>The modules CallLog and Telemetry behind a real Kestrel, and instruments like the gateway's.</summary>
internal sealed class TelemetryHost : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly WebApplication _app;

    private TelemetryHost(Uri? otlp)
    {
        Module[] modules = [new CallLogModule(), new BodiesModule(), new TelemetryModule()];
        var options = new ProcessOptions { DataDirectory = _directory.Path, Otlp = otlp };
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore().AddSingleton(TimeProvider.System).AddSingleton(options).AddLogging();
        foreach (var module in modules) module.Register(builder.Services, options);
        _app = builder.Build();
        foreach (var module in modules) module.MapRoot(_app);
    }

    public Meter Gateway { get; } = new(CallMetricNames.Meter);

    public ActivitySource Traces { get; } = new(CallMetricNames.Meter);

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public IServiceProvider Services => _app.Services;

    public static async Task<TelemetryHost> StartAsync(Uri? otlp = null)
    {
        var host = new TelemetryHost(otlp);
        await host._app.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    public async Task<string> MetricsAsync()
    {
        using var client = new HttpClient { BaseAddress = Address };
        return await client.GetStringAsync(TelemetryModule.MetricsPath, TestContext.Current.CancellationToken);
    }

    /// <summary>Sends what is waiting to the collector.</summary>
    public void Flush()
    {
        Services.GetService<TracerProvider>()?.ForceFlush(5000);
        Services.GetService<MeterProvider>()?.ForceFlush(5000);
        Services.GetService<LoggerProvider>()?.ForceFlush(5000);
    }

    /// <summary>Makes every instrument of the gateway and gives it a value.</summary>
    public void TouchAll()
    {
        foreach (var metric in CallMetricNames.All)
        {
            KeyValuePair<string, object?>[] labels = [.. metric.Labels.Select(l => new KeyValuePair<string, object?>(l, "some " + l))];
            if (metric.Kind == MetricKind.Counter) metric.Counter(Gateway).Add(1, labels);
            else if (metric.Kind == MetricKind.Histogram) metric.Histogram(Gateway).Record(0.1, labels);
            else metric.Gauge(Gateway, () => [new Measurement<long>(1, labels)]);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Gateway.Dispose();
        Traces.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _directory.Dispose();
    }
}
