using System.Diagnostics.Metrics;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Routes;

namespace Tidegate.Gateway.Request.Guard;

/// <summary>Counts what was not done.</summary>
internal sealed class GuardMetrics(Meter meter)
{
    private static readonly string[] Priorities = ["low", "normal", "high", "critical"];

    private readonly Counter<long> _retries = CallMetricNames.RetriesRefused.Counter(meter);
    private readonly Counter<long> _shed = CallMetricNames.Shed.Counter(meter);

    /// <summary>A retry was wanted and not made.</summary>
    public void RetryRefused(string service, string reason) => _retries.Add(1, new("service", service), new("reason", reason));

    /// <summary>A call was given up under load.</summary>
    public void Shed(string service, PriorityClass priority, string reason) =>
        _shed.Add(1, new("service", service), new("priority", Priorities[(int)priority]), new("reason", reason));
}
