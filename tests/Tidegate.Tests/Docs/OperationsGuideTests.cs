using Tidegate.Core.Calls;
using Tidegate.Insight.Bodies;
using Tidegate.Insight.CallLog;
using Tidegate.Insight.InboundAlerts;
using Tidegate.Insight.Telemetry;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Docs;

/// <summary>docs/guides/operations.md names every metric there is, and no other.</summary>
public sealed class OperationsGuideTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, "docs/guides/operations.md"));

    private static readonly List<string> Metrics = [.. CallMetricNames.All.Concat(CallLogMetricNames.All).Concat(BodyMetricNames.All).Concat(InboundAlertMetricNames.All).Concat(TelemetryMetricNames.All).Select(metric => metric.Name)];

    [Fact]
    public void Metrics_AllOfThem_AreExplained()
    {
        var missing = Metrics.Where(name => !Text.Contains($"`{name}`", StringComparison.Ordinal)).ToList();
        Assert.Empty(missing);
    }

    [Fact]
    public void Metrics_ThatAreExplained_Exist()
    {
        var named = System.Text.RegularExpressions.Regex.Matches(Text, "`((?:tidegate|process|dotnet)_[a-z_]+)`").Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains(name, Metrics));
    }
}
