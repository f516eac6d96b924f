using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Insight.Objectives;
using Tidegate.Operations.Delivery;
using Tidegate.Platform.Hosting;
using Tidegate.Tests.Insight.CallLog.Support;
using Tidegate.Tests.Platform.ConfigStore;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Operations.Delivery;

public sealed class RolloutOnSqliteTests() : RolloutTests(new SqliteTestDatabase());

public sealed class RolloutOnPostgresTests(PostgresServer server) : RolloutTests(new PostgresTestDatabase(server));

/// <summary>Rollouts step, stop and are taken back: what is in force is looked at, not what was meant.</summary>
public abstract class RolloutTests(TestDatabase database) : IAsyncLifetime
{
    private const string Steps = "steps: [5, 50, 100], stepTime: 1m, stepLimit: 1h, minCalls: 60";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private TestCallLog _calls = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _calls = await TestCallLog.StartAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _calls.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task StartAsync_SeveralAtOnce_OneBeginsAndTheOthersLeaveNoReleaseBehind()
    {
        using var node = await RolloutBench.StartAsync(database, _calls, Steps);
        var begun = await Task.WhenAll(Enumerable.Range(1, 6).Select(async i =>
        {
            try { return (await node.Store.StartAsync(new RolloutRequest { Route = "orders", Change = $"CHG-{i}" }, ConfigNode.Ada, Cancel)).Release; }
            catch (ProblemException refused) { return refused.Problem.Code; }
        }));

        var release = Assert.Single(await node.Releases.ListAsync("shop-next", null, 10, Cancel));
        Assert.Equal([release.Id, .. Enumerable.Repeat("rollout_under_way", 5)], begun.Order().OrderBy(b => b != release.Id));
    }

    [Theory]
    [InlineData(false, ReleaseState.RolledBack)]
    [InlineData(true, ReleaseState.Succeeded)]
    public async Task StartAsync_TheEarlierOneEndedAndNobodyHasLookedYet_ItsReleaseEndsAndTheNewOneHasItsOwn(bool promoted, ReleaseState expected)
    {
        using var node = await RolloutBench.StartAsync(database, _calls, Steps);
        var earlier = await node.BeginAsync();
        await (promoted ? node.Store.PromoteAsync(earlier.Id, new RolloutOrder { Full = true }, ConfigNode.Ada, Cancel) : node.Store.AbortAsync(earlier.Id, new RolloutOrder { Reason = "wrong build" }, ConfigNode.Ada, Cancel));
        _calls.Time.Advance(Soon);

        var next = await node.Store.StartAsync(new RolloutRequest { Route = "orders", Change = "CHG-1" }, ConfigNode.Ada, Cancel);

        Assert.Equal([(next.Release, ReleaseState.Running), (earlier.Release, expected)], (await node.Releases.ListAsync("shop-next", null, 10, Cancel)).Select(r => (r.Id, r.State)));
        Assert.Contains(promoted ? "gives it all calls" : "wrong build", (await node.Releases.FindAsync(earlier.Release, Cancel))!.Message, StringComparison.Ordinal);
        await node.LookAsync(Soon);
        Assert.Equal((95, 5), node.Weights);
        Assert.Equal(ReleaseState.Running, (await node.Releases.FindAsync(next.Release, Cancel))!.State);
    }

    [Fact]
    public async Task StartAsync_Route_HasTheFirstShareAndAReleaseAndNoSecondOne()
    {
        using var node = await RolloutBench.StartAsync(database, _calls, Steps);
        Assert.Equal((100, 0), node.Weights);

        var rollout = await node.BeginAsync();

        Assert.Equal((95, 5), node.Weights);
        Assert.Equal((RolloutState.Running, 5, "shop-next", "v2"), (rollout.State, rollout.Share, rollout.Service, rollout.Canary));
        var release = Assert.Single(await node.Releases.ListAsync("shop-next", null, 10, Cancel));
        Assert.Equal((rollout.Release, "v2", "CHG-1", ReleaseState.Running), (release.Id, release.Version, release.Change, release.State));
        var refused = await Assert.ThrowsAsync<ProblemException>(() => node.Store.StartAsync(new RolloutRequest { Route = "orders" }, ConfigNode.Ada, Cancel));
        Assert.Equal((409, "rollout_under_way"), (refused.Problem.Status, refused.Problem.Code));
        Assert.Equal(404, (await Assert.ThrowsAsync<ProblemException>(() => node.Store.StartAsync(new RolloutRequest { Route = "nothing" }, ConfigNode.Ada, Cancel))).Problem.Status);
    }

    [Fact]
    public async Task Look_CanaryIsAsGood_StepsWhenTimeAndCallsAreEnoughAndIsPromoted()
    {
        using var node = await RolloutBench.StartAsync(database, _calls, Steps);
        await node.BeginAsync();

        await node.CallsAsync(1000, 59);
        Assert.StartsWith("Not enough calls yet: 59 of the canary, 1000 of the baseline", (await node.LookAsync(Minute)).Report!.Summary, StringComparison.Ordinal);
        await node.CallsAsync(100, 5);
        Assert.Equal((RolloutState.Running, 50), await node.LookAsync(Soon) is var r ? (r.State, r.Share) : default);
        Assert.Equal((50, 50), node.Weights);

        // Calls of the step before do not count, and the time of the step is not over.
        Assert.Equal(0, (await node.LookAsync(Soon)).Report!.CanaryCalls);
        await node.CallsAsync(100, 100);
        Assert.Equal(CanaryVerdict.Pass, (await node.LookAsync(Soon)).Report!.Verdict);
        Assert.Equal((50, 50), node.Weights);
        Assert.Equal(100, (await node.LookAsync(Minute)).Share);
        Assert.Equal((0, 100), node.Weights);
        Assert.Equal(RolloutState.Running, (await node.LookAsync(Soon)).State);
        Assert.Equal(RolloutState.Promoted, (await node.LookAsync(Minute)).State);

        Assert.Equal((0, 100), node.Weights);
        Assert.Equal(["started", "stepped", "stepped", "promoted"], await node.ToldAsync());
        Assert.Equal(ReleaseState.Succeeded, Assert.Single(await node.Releases.ListAsync(null, null, 10, Cancel)).State);
        // The overlay is made anew before its time is over.
        for (var day = 0; day < 40; day++) await node.LookAsync(TimeSpan.FromDays(1));
        Assert.Equal((0, 100), node.Weights);
        Assert.Single(await node.Config.Overlays.ListAsync(all: false, Cancel));
    }

    [Theory]
    [InlineData(CallOutcome.UpstreamError)]
    [InlineData(CallOutcome.Timeout)]
    [InlineData(CallOutcome.ClientError)]
    public async Task Look_CanaryFails_LosesItsCallsAtOnceAndItsReleaseEnds(CallOutcome outcome)
    {
        using var node = await RolloutBench.StartAsync(database, _calls, Steps);
        await node.BeginAsync();
        await node.CallsAsync(475, 25, failed: 12, outcome: outcome);

        var rollout = await node.LookAsync(Soon);

        Assert.Equal((RolloutState.RolledBack, 0, "tidegate"), (rollout.State, rollout.Share, rollout.History[^1].Author));
        Assert.StartsWith("The canary is worse. 12 of 25 calls (48 %) of the canary ", rollout.Reason, StringComparison.Ordinal);
        Assert.Equal((100, 0), node.Weights);
        Assert.Equal(["started", "rolled_back"], await node.ToldAsync());
        // Whoever reads the audit sees which rollout it was: of itself, of its release and of its overlays.
        var rows = (await node.Config.Audit.ListAsync(new Tidegate.Platform.Audit.AuditQuery(), Cancel)).Where(r => r.Actor != "ada").ToList();
        Assert.All(rows, r => Assert.Equal($"rollout/{rollout.Id}", r.Actor));
        Assert.Superset(new HashSet<string>(["delivery.rollout_rolled_back", "delivery.release_finish", "config.overlay"]), rows.Select(r => r.Action).ToHashSet());
        Assert.Equal(ReleaseState.RolledBack, Assert.Single(await node.Releases.ListAsync(null, null, 10, Cancel)).State);
        Assert.Contains("The canary is worse.", Assert.Single(await node.Config.Overlays.ListAsync(all: false, Cancel)).Evidence, StringComparison.Ordinal);
        // It has ended: a next attempt may begin, and its first share holds.
        await node.BeginAsync();
        Assert.Equal((95, 5), node.Weights);
    }

    [Fact]
    public async Task Look_CanaryIsSlow_IsTakenBackWithTheFigures()
    {
        using var node = await RolloutBench.StartAsync(database, _calls, Steps);
        await node.BeginAsync();
        await node.CallsAsync(950, 50, slower: 1.5);

        var rollout = await node.LookAsync(Soon);

        Assert.Equal(RolloutState.RolledBack, rollout.State);
        Assert.Contains("Half of the canary's good answers took 15.45 ms or more, 10.3 ms of the baseline (+50 %", rollout.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Look_CallsThatEndLate_CountAllTheSame()
    {
        using var node = await RolloutBench.StartAsync(database, _calls, Steps);
        await node.BeginAsync();
        await node.CallsAsync(475, 5);
        var began = _calls.Time.GetUtcNow();
        Assert.Equal(RolloutState.Running, (await node.LookAsync(TimeSpan.FromSeconds(30))).State);

        // They began before the last look, and time out only now.
        await _calls.WriteAsync(Enumerable.Range(0, 20).Select(_ =>
        {
            var call = SampleCalls.Ordinary(began);
            (call.Version, call.Outcome) = ("v2", CallOutcome.Timeout);
            return call;
        }));
        await node.CallsAsync(400, 0);

        Assert.Equal(RolloutState.RolledBack, (await node.LookAsync(Soon)).State);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Look_PageNamesTheCanary_IsTakenBackEvenWithAllCalls(bool hasAll)
    {
        using var node = await RolloutBench.StartAsync(database, _calls, Steps);
        await AlertAsync(node, "before", AlertSeverity.Page, "v2", 1);
        _calls.Time.Advance(Soon);
        var rollout = await node.BeginAsync();
        await AlertAsync(node, "other", AlertSeverity.Page, "v1", 1);
        await AlertAsync(node, "ticket", AlertSeverity.Ticket, "v2", 1);
        await AlertAsync(node, "little", AlertSeverity.Page, "v2", 0.2);
        await AlertAsync(node, "elsewhere", AlertSeverity.Page, "v2", 1, service: "billing");
        if (hasAll)
        {
            await node.Store.PromoteAsync(rollout.Id, new RolloutOrder(), ConfigNode.Ada, Cancel);
            await node.Store.PromoteAsync(rollout.Id, new RolloutOrder(), ConfigNode.Ada, Cancel);
        }

        Assert.Equal((RolloutState.Running, hasAll ? 100 : 5), await node.LookAsync(Soon) is var r ? (r.State, r.Share) : default);
        await AlertAsync(node, "it", AlertSeverity.Page, "v2", 0.9);

        Assert.Equal("The page it names v2: Orders fail.", await node.LookAsync(Soon) is var ended ? ended.Reason : "");
        Assert.Equal(RolloutState.RolledBack, ended.State);
        Assert.Equal((100, 0), node.Weights);
    }

    [Fact]
    public async Task People_StepIn_AreFollowedAndWrittenDown()
    {
        using var node = await RolloutBench.StartAsync(database, _calls, Steps);
        var rollout = await node.BeginAsync();
        await node.Store.PauseAsync("orders", new RolloutOrder { Reason = "lunch" }, ConfigNode.Ada, Cancel);
        await node.CallsAsync(1000, 100);
        Assert.Equal((RolloutState.Paused, 5), await node.LookAsync(Minute) is var p ? (p.State, p.Share) : default);
        Assert.Equal("ada pauses it. lunch", p.Reason);

        await node.Store.ResumeAsync(rollout.Id, new RolloutOrder(), ConfigNode.Ada, Cancel);
        Assert.Equal(RolloutState.Running, (await node.LookAsync(Soon)).State);
        await node.Store.PromoteAsync(rollout.Id, new RolloutOrder(), ConfigNode.Ada, Cancel);
        await node.LookAsync(Soon);
        Assert.Equal((50, 50), node.Weights);
        await node.Store.AbortAsync(rollout.Id, new RolloutOrder { Reason = "wrong build" }, ConfigNode.Ada, Cancel);
        Assert.Equal((RolloutState.Aborted, 0), await node.LookAsync(Soon) is var a ? (a.State, a.Share) : default);
        Assert.Equal((100, 0), node.Weights);

        Assert.Equal(["started", "paused", "resumed", "promoted", "aborted"], await node.ToldAsync());
        Assert.Equal(ReleaseState.RolledBack, Assert.Single(await node.Releases.ListAsync(null, null, 10, Cancel)).State);
        Assert.Equal("rollout_ended", (await Assert.ThrowsAsync<ProblemException>(() => node.Store.ResumeAsync(rollout.Id, new RolloutOrder(), ConfigNode.Ada, Cancel))).Problem.Code);
        Assert.Contains(await node.Config.Audit.ListAsync(new Tidegate.Platform.Audit.AuditQuery(), Cancel), row => row is { Action: "delivery.rollout_aborted", Actor: "ada" });
    }

    [Fact]
    public async Task Promote_Full_GivesAllCallsAndEnds()
    {
        using var node = await RolloutBench.StartAsync(database, _calls, Steps);
        var rollout = await node.BeginAsync();
        await node.Store.PromoteAsync(rollout.Id, new RolloutOrder { Full = true }, ConfigNode.Ada, Cancel);
        Assert.Equal(RolloutState.Promoted, (await node.LookAsync(Soon)).State);
        Assert.Equal((0, 100), node.Weights);
    }

    [Fact]
    public async Task Look_PausedCanaryFails_LosesItsCallsAllTheSame()
    {
        using var node = await RolloutBench.StartAsync(database, _calls, Steps);
        await node.BeginAsync();
        await node.Store.PauseAsync("orders", new RolloutOrder(), ConfigNode.Ada, Cancel);
        await node.CallsAsync(475, 25, failed: 12);
        Assert.Equal(RolloutState.RolledBack, (await node.LookAsync(Soon)).State);
    }

    [Theory]
    [InlineData("", RolloutState.Paused, 5, "paused")]
    [InlineData(", undecided: rollBack", RolloutState.RolledBack, 0, "rolled_back")]
    public async Task Look_NotDecidedInTime_WaitsForPeopleOrIsTakenBack(string undecided, RolloutState state, int share, string told)
    {
        using var node = await RolloutBench.StartAsync(database, _calls, Steps + undecided);
        await node.BeginAsync();
        await node.CallsAsync(100, 1);
        Assert.Equal(RolloutState.Running, (await node.LookAsync(TimeSpan.FromMinutes(59))).State);

        var rollout = await node.LookAsync(Minute);

        Assert.Equal((state, share), (rollout.State, rollout.Share));
        Assert.StartsWith("It was not decided in time. Not enough calls yet: 1 of the canary", rollout.Reason, StringComparison.Ordinal);
        Assert.Equal(told, (await node.ToldAsync())[^1]);
    }

    [Theory]
    [InlineData(30, 70, ReleaseState.RolledBack)]
    [InlineData(0, 100, ReleaseState.Succeeded)]
    public async Task Look_ConfigurationSaysOtherwise_HoldsAndTheReleaseSucceededOnlyWhereTheCanaryHasAllCalls(int old, int next, ReleaseState expected)
    {
        using var node = await RolloutBench.StartAsync(database, _calls, Steps);
        await node.BeginAsync();
        // Another key of the route changes nothing.
        await node.Config.ApplyAsync(RolloutBench.Documents(Steps).Replace("match: {path: /orders}", "match: {path: /orders}\n  order: 3", StringComparison.Ordinal));
        Assert.Equal(RolloutState.Running, (await node.LookAsync(Soon)).State);
        Assert.Equal((95, 5), node.Weights);

        await node.Config.ApplyAsync(RolloutBench.Documents(Steps, old, next));
        var rollout = await node.LookAsync(Soon);

        Assert.Equal(RolloutState.Superseded, rollout.State);
        Assert.Equal((old, next), node.Weights);
        Assert.Empty(await node.Config.Overlays.ListAsync(all: false, Cancel));
        Assert.Equal(expected, Assert.Single(await node.Releases.ListAsync(null, null, 10, Cancel)).State);
    }

    [Fact]
    public async Task Look_OverlayOfSomebodyElseSaysTheSplit_WaitsForPeople()
    {
        using var node = await RolloutBench.StartAsync(database, _calls, Steps);
        await node.BeginAsync();
        _calls.Time.Advance(Soon); // overlays hold in the order of their times
        var patch = System.Text.Json.Nodes.JsonNode.Parse("""{"spec":{"split":[{"service":"shop","version":"v1","weight":1}],"rollout":null}}""");
        var other = await node.Config.Overlays.CreateAsync(
            new() { Reason = "back to the old one", For = "1h", Patches = new Dictionary<string, System.Text.Json.Nodes.JsonNode?>(StringComparer.Ordinal) { ["Route/orders"] = patch } }, ConfigNode.Ada, Cancel);
        await node.CallsAsync(1000, 100);

        var rollout = await node.LookAsync(Minute);

        Assert.Equal((RolloutState.Paused, 5), (rollout.State, rollout.Share));
        Assert.Equal($"The overlay {other.Id} of ada says what the split is (back to the old one). When that is over, 'tidegate rollout resume orders' goes on.", rollout.Reason);
        Assert.Single(node.Config.Publisher.Current!.Document.Routes.Single().Spec.Split);
        Assert.Equal(["started", "paused"], await node.ToldAsync());

        // The overlay of the rollout is half over and would be made anew: it would lie over the other one, and the canary have its calls again.
        await node.LookAsync(TimeSpan.FromMinutes(40));
        Assert.Single(node.Config.Publisher.Current!.Document.Routes.Single().Spec.Split);
        foreach (var step in new[] { node.Store.ResumeAsync, node.Store.PromoteAsync })
            Assert.Equal("split_overlaid", (await Assert.ThrowsAsync<ProblemException>(() => step("orders", new RolloutOrder(), ConfigNode.Ada, Cancel))).Problem.Code);

        await node.Config.Overlays.RevokeAsync(other.Id, ConfigNode.Ada, Cancel);
        Assert.Equal(RolloutState.Running, (await node.Store.ResumeAsync("orders", new RolloutOrder(), ConfigNode.Ada, Cancel)).State);
        await node.LookAsync(Soon);
        Assert.Equal((95, 5), node.Weights);
    }

    [Fact]
    public async Task StartAsync_OverlayOfSomebodyElseSaysTheSplit_IsRefusedAndBeginsNothing()
    {
        using var node = await RolloutBench.StartAsync(database, _calls, Steps);
        var patch = System.Text.Json.Nodes.JsonNode.Parse("""{"spec":{"split":[{"service":"shop","version":"v1","weight":99},{"service":"shop-next","version":"v2","weight":1}]}}""");
        var other = await node.Config.Overlays.CreateAsync(
            new() { Reason = "it burns", For = "1h", Patches = new Dictionary<string, System.Text.Json.Nodes.JsonNode?>(StringComparer.Ordinal) { ["Route/orders"] = patch } }, ConfigNode.Ada, Cancel);

        var refused = await Assert.ThrowsAsync<ProblemException>(() => node.Store.StartAsync(new RolloutRequest { Route = "orders" }, ConfigNode.Ada, Cancel));

        Assert.Equal((409, "split_overlaid", $"Wait for its end, or take it back with 'tidegate overlay revoke {other.Id}'."), (refused.Problem.Status, refused.Problem.Code, refused.Problem.Action));
        Assert.Empty(await node.Releases.ListAsync("shop-next", null, 10, Cancel));
        await node.LookAsync(Soon);
        Assert.Equal((99, 1), node.Weights);
    }

    [Fact]
    public async Task Look_AfterACrash_GoesOnWithWhatWasDecidedAndWhatWasSeen()
    {
        using (var node = await RolloutBench.StartAsync(database, _calls, Steps))
        {
            // Decided and written down; killed before the traffic followed.
            await node.Store.StartAsync(new RolloutRequest { Route = "orders" }, ConfigNode.Ada, Cancel);
            Assert.Equal((100, 0), node.Weights);
        }

        using (var next = await RolloutBench.AgainAsync(database, _calls))
        {
            await next.LookAsync(Soon);
            Assert.Equal((95, 5), next.Weights);
            await next.CallsAsync(950, 40);
            Assert.Equal(40, (await next.LookAsync(Soon)).Report!.CanaryCalls);
        }

        using var last = await RolloutBench.AgainAsync(database, _calls);
        await last.CallsAsync(950, 20);
        Assert.Equal(60, (await last.LookAsync(Soon)).Report!.CanaryCalls);
        Assert.Equal(50, (await last.LookAsync(Minute)).Share);
        Assert.Single(await last.Config.Overlays.ListAsync(all: false, Cancel));

        // Another node has seen other calls: it begins to count.
        using var other = await RolloutBench.AgainAsync(database, _calls, data: database.Directory.Combine("other"));
        await other.CallsAsync(10, 10);
        Assert.Equal(0, (await other.LookAsync(Soon)).Report!.CanaryCalls);
        await other.CallsAsync(10, 10);
        Assert.Equal(10, (await other.LookAsync(Soon)).Report!.CanaryCalls);
    }

    [Fact]
    public async Task Look_NobodyJudgesAnyMore_CanaryLosesItsCallsByItself()
    {
        using var node = await RolloutBench.StartAsync(database, _calls, Steps);
        await node.BeginAsync();
        _calls.Time.Advance(TimeSpan.FromMinutes(61));
        await node.Config.UntilAsync(c => c.Overlays.Count == 0);
        Assert.Equal((100, 0), node.Weights);
    }

    private static async Task AlertAsync(RolloutBench node, string id, AlertSeverity severity, string version, double share, string service = "shop-next")
    {
        var alert = new Alert
        {
            Id = id, Objective = id, Slo = "orders", Service = service, Severity = severity, FiredAt = node.Config.Time.GetUtcNow(), ImpactStart = node.Config.Time.GetUtcNow(), Condition = "14.4x over 1h and 5m", Burn = 20,
            BudgetLeft = 0.5, Summary = "Orders fail.",
        };
        await node.Alerts.FireAsync(alert, Cancel);
        await node.Alerts.AnnounceAsync(alert with { Evidence = new AlertEvidence { Contributors = [new("version", version, share, 0.5, 0)] } }, Cancel);
    }
}
