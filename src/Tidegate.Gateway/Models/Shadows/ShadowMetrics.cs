using System.Diagnostics.Metrics;
using Tidegate.Core.Calls;

namespace Tidegate.Gateway.Models.Shadows;

/// <summary>Counts mirrored calls, and those that were to be and were not. What they use and cost is with all other calls, marked.</summary>
internal sealed class ShadowMetrics(Meter meter)
{
    private readonly Counter<long> _calls = ModelMetricNames.ShadowCalls.Counter(meter);
    private readonly Counter<long> _dropped = ModelMetricNames.ShadowDropped.Counter(meter);

    /// <summary>One has ended.</summary>
    public void Ended(string alias, CallOutcome outcome) => _calls.Add(1, new("service", alias), new("outcome", outcome.Word()));

    /// <summary>One was not made.</summary>
    public void Dropped(string alias, string reason) => _dropped.Add(1, new("service", alias), new("reason", reason));
}
