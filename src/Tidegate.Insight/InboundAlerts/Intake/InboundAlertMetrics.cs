using System.Diagnostics.Metrics;

namespace Tidegate.Insight.InboundAlerts.Intake;

/// <summary>Shows alerts from outside as metrics. All are read when somebody looks.</summary>
internal sealed class InboundAlertMetrics : IDisposable
{
    private readonly Meter _meter = new(InboundAlertMetricNames.Meter);

    public InboundAlertMetrics(InboundAlertCounts counts)
    {
        InboundAlertMetricNames.Told.Counter(_meter, () => counts.All.Select(c => new Measurement<long>(c.Count, new("origin", c.Origin), new("result", Word(c.Result)))));
        InboundAlertMetricNames.Open.Gauge(_meter, () => [new Measurement<long>(counts.Open)]);
    }

    public void Dispose() => _meter.Dispose();

    private static string Word(InboundAlertResult result) => result.ToString().ToLowerInvariant();
}
