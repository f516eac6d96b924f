using System.Diagnostics.Metrics;
using Tidegate.Insight.Bodies.Files;
using Tidegate.Insight.CallLog;

namespace Tidegate.Insight.Bodies.Writing;

/// <summary>Shows the log of bodies as metrics. All are read when somebody looks.</summary>
internal sealed class BodyMetrics : IDisposable
{
    private readonly Meter _meter = new(BodyMetricNames.Meter);

    public BodyMetrics(BodySink sink, BodyWriter writer, BodyArchive archive)
    {
        BodyMetricNames.Written.Counter(_meter, () => [new(writer.Written)]);
        BodyMetricNames.Dropped.Counter(_meter, () => CallDropReasons.Words.Select((word, i) => new Measurement<long>(sink.Dropped((CallDropReason)i), new KeyValuePair<string, object?>("reason", word))));
        BodyMetricNames.Reserved.Gauge(_meter, () => [new Measurement<long>(sink.Reserved)]);
        BodyMetricNames.Bytes.Gauge(_meter, () => [new Measurement<long>(archive.Bytes)]);
    }

    public void Dispose() => _meter.Dispose();
}
