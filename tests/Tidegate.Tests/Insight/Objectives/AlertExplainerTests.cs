using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Insight.Objectives;
using Tidegate.Insight.Objectives.Alerting;
using Tidegate.Insight.Objectives.Judging;
using Tidegate.Tests.Gateway.Support;

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

    [Fact]
    public async Task ExplainAsync_TimeIsOver_KeepsWhatWasFoundAndSaysWhatIsMissing()
    {
        using var limit = new CancellationTokenSource();
        var change = new AlertChange("release", "r_1", DateTimeOffset.UnixEpoch, "anna", "shop v8");
        var explainer = new AlertExplainer(new ObjectiveBook([]), null!, [new Changes(_ => Task.FromResult(change)), new Changes(async cancel =>
        {
            await limit.CancelAsync();
            cancel.ThrowIfCancellationRequested();
            return change;
        })], new TestConfigSource());

        var evidence = await explainer.ExplainAsync(Fired(), limit.Token);

        Assert.Equal([change], evidence.Changes);
        Assert.Contains("What changed before could not all be read: the time for it was over.", evidence.Gaps);
    }

    // A class of error that was as frequent before explains nothing of what is new, and the others are measured by how much more there is.
    [Fact]
    public void Kinds_AreADifferenceToTheBaseline()
    {
        var found = AlertExplainer.Kinds(Counts(("ok", 0, 600), ("timeout", 300, 300), ("upstream_error", 100, 100)), Counts(("ok", 0, 9000), ("upstream_error", 1000, 1000))).ToList();

        var contributor = Assert.Single(found);
        Assert.Equal(("outcome", "timeout", 1.0, 0.3, 0.0), (contributor.Dimension, contributor.Value, contributor.Share, contributor.BadRatio, contributor.BaselineRatio));

        var both = AlertExplainer.Kinds(Counts(("ok", 0, 600), ("timeout", 300, 300), ("upstream_error", 100, 100)), Counts(("ok", 0, 1980), ("upstream_error", 10, 10), ("timeout", 10, 10))).ToList();
        Assert.Equal([("timeout", 0.3, 0.005), ("upstream_error", 0.1, 0.005)], both.Select(c => (c.Value, c.BadRatio, c.BaselineRatio)));
        Assert.Equal([0.295 / 0.39, 0.095 / 0.39], both.Select(c => c.Share), new Near());

        Assert.Empty(AlertExplainer.Kinds(Counts(("ok", 0, 90), ("timeout", 10, 10)), Counts(("ok", 0, 80), ("timeout", 20, 20))));
    }

    private sealed class Near : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) < 1e-9;

        public int GetHashCode(double obj) => 0;
    }

    private static Alert Fired() => new()
    {
        Id = "a", Objective = "shop-answers", Slo = "shop-answers", Service = "shop", Severity = AlertSeverity.Page, FiredAt = DateTimeOffset.UnixEpoch, ImpactStart = DateTimeOffset.UnixEpoch,
        Condition = "", Burn = 1, BudgetLeft = 0, Summary = "",
    };

    private static Dictionary<string, (long Bad, long All)> Counts(params (string Value, long Bad, long All)[] counts) => counts.ToDictionary(c => c.Value, c => (c.Bad, c.All));

    private sealed class Changes(Func<CancellationToken, Task<AlertChange>> find) : IAlertChanges
    {
        public async Task<IReadOnlyList<AlertChange>> BetweenAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancel) => [await find(cancel)];
    }
}
