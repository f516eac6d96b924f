using Tidegate.Core.Calls;
using Xunit;

namespace Tidegate.Tests.Core.Calls;

public sealed class CallMetricNamesTests
{
    [Fact]
    public void All_ListsEveryDefinitionOnce()
    {
        var declared = typeof(CallMetricNames).GetProperties().Concat(typeof(ModelMetricNames).GetProperties()).Concat(typeof(StaleMetricNames).GetProperties()).Where(p => p.PropertyType == typeof(MetricDefinition)).Select(p => (MetricDefinition)p.GetValue(null)!);

        Assert.Equal(declared.Select(m => m.Name).Order(), CallMetricNames.All.Select(m => m.Name).Order());
        Assert.Equal(CallMetricNames.All.Count, CallMetricNames.All.Select(m => m.Name).Distinct().Count());
    }

    [Fact]
    public void All_FollowTheNamingRulesOfPrometheus() => Assert.All(CallMetricNames.All, metric =>
    {
        Assert.StartsWith("tidegate_", metric.Name);
        Assert.Equal(metric.Kind == MetricKind.Counter, metric.Name.EndsWith("_total"));
        Assert.Equal(metric.Kind == MetricKind.Histogram, metric.Buckets is not null);
        if (metric.Unit == "s") Assert.Contains("_seconds", metric.Name);
        if (metric.Unit == "By") Assert.Contains("_bytes", metric.Name);
        Assert.EndsWith(".", metric.Help);
    });
}
