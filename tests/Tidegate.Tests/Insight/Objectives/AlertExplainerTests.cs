using Tidegate.Insight.Objectives.Alerting;

namespace Tidegate.Tests.Insight.Objectives;

public sealed class AlertExplainerTests
{
    [Fact]
    public void Excess_OneVersionIsBad_ExplainsIt()
    {
        var found = AlertExplainer.Excess("version", Counts(("v1", 8, 8000), ("v2", 500, 1000)), Counts(("v1", 10, 10_000))).ToList();

        var (contributor, _) = Assert.Single(found);
        Assert.Equal(("version", "v2"), (contributor.Dimension, contributor.Value));
        Assert.Equal(1, contributor.Share, 2);
        Assert.Equal((0.5, 0.0), (contributor.BadRatio, contributor.BaselineRatio));
    }

    [Fact]
    public void Excess_EverybodyIsHurtAlike_ExplainsNothing() =>
        Assert.Empty(AlertExplainer.Excess("consumer", Counts(("a", 50, 100), ("b", 500, 1000)), Counts(("a", 0, 100), ("b", 0, 1000))));

    [Fact]
    public void Excess_ValueThatWasAlwaysBad_DoesNotExplainWhatIsNew()
    {
        var found = AlertExplainer.Excess("consumer", Counts(("always", 300, 1000), ("new", 400, 1000)), Counts(("always", 3000, 10_000), ("new", 0, 10_000))).ToList();

        Assert.Equal("new", Assert.Single(found).Contributor.Value);
    }

    private static Dictionary<string, (long Bad, long All)> Counts(params (string Value, long Bad, long All)[] counts) => counts.ToDictionary(c => c.Value, c => (c.Bad, c.All));
}
