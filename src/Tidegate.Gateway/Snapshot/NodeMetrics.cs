using System.Diagnostics.Metrics;
using Tidegate.Core.Calls;
using Tidegate.Gateway.Request;

namespace Tidegate.Gateway.Snapshot;

/// <summary>The state of this node, read when somebody looks.</summary>
internal sealed class NodeMetrics
{
    public NodeMetrics(SnapshotUpdater updater, GatewayApplication application, Meter meter)
    {
        CallMetricNames.CallsInFlight.Gauge(meter, () => One(application.InFlight));
        CallMetricNames.ConfigRevision.Gauge(meter, () => One(updater.Running?.Revision ?? 0));
        CallMetricNames.Ready.Gauge(meter, () => One(updater.Ready ? 1 : 0));
        CallMetricNames.ConfigChanges.Counter(meter, () =>
        [
            new Measurement<long>(updater.Taken, new KeyValuePair<string, object?>("result", "applied")),
            new Measurement<long>(updater.Refused, new KeyValuePair<string, object?>("result", "rejected")),
        ]);
    }

    private static Measurement<long>[] One(long value) => [new(value)];
}
