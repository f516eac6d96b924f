using System.Diagnostics.Metrics;
using Tidegate.Insight.CallLog.Segments;

namespace Tidegate.Insight.CallLog.Writing;

/// <summary>Shows the call log as metrics. All are read when somebody looks.</summary>
internal sealed class CallLogMetrics : IDisposable
{
    private readonly Meter _meter = new(CallLogMetricNames.Meter);

    public CallLogMetrics(CallSink sink, CallWriter writer, SegmentArchive archive)
    {
        CallLogMetricNames.Written.Counter(_meter, () => [new(writer.Written)]);
        CallLogMetricNames.Dropped.Counter(_meter, () => CallDropReasons.Words.Select((word, i) => new Measurement<long>(sink.Dropped((CallDropReason)i), new KeyValuePair<string, object?>("reason", word))));
        CallLogMetricNames.Queued.Gauge(_meter, () => [new Measurement<long>(sink.Count)]);
        CallLogMetricNames.Bytes.Gauge(_meter, () => [new Measurement<long>(archive.Bytes)]);
        CallLogMetricNames.Up.Gauge(_meter, () => [new Measurement<long>(archive.IsOpen ? 1 : 0)]);
    }

    public void Dispose() => _meter.Dispose();
}
