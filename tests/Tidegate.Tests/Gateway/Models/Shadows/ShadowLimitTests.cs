using System.Diagnostics.Metrics;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Calls;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Budgets;
using Tidegate.Core.Resources.Models;
using Tidegate.Gateway.Request.Guard;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models.Shadows;

/// <summary>What copies may cost, how many there may be and how long they last; what is not mirrored is counted, and said on the record of its call.</summary>
public sealed class ShadowLimitTests
{
    private const string Ten = """{"model":"fast","max_tokens":10,"messages":[{"role":"user","content":"hi"}]}""";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 22, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CostCap_StopsMirroringUntilTheNextDay_CallersAndTheirBudgetsNoticeNothing()
    {
        await using var primary = await ChatUpstream.StartAsync(Says("a", input: 20, output: 10));
        await using var shadow = await ChatUpstream.StartAsync(Says("a", input: 20, output: 10));
        var budget = new Resource<BudgetConfig>
        {
            ApiVersion = "tidegate/v1", Kind = "Budget", Metadata = new ResourceMetadata { Name = "all" }, Spec = new BudgetConfig { Window = BudgetWindow.Day, Tokens = 1000, Cost = "1 USD" },
        };
        // A copy costs 0.00004 and is estimated at 0.000037: the third finds 0.00002 left.
        await using var gateway = await TestGateway.StartAsync(new TestGateway.Setup { Time = _time }, ShadowSetup.Document(primary, shadow, s => s with { MaxCostPerDay = "0.0001 USD" }, more: budget));
        using var dropped = new MetricTally(gateway.Get<Meter>(), ModelMetricNames.ShadowDropped);

        for (var i = 1; i <= 4; i++)
        {
            Assert.Equal(200, (await gateway.AskAsync(Ten)).Status);
            await gateway.EndAsync(i, Math.Min(i, 2));
        }

        Assert.Equal(["shadow: p2/s", "shadow: p2/s", "no shadow: cost", "no shadow: cost"], (await gateway.EndAsync(4, 2)).Calls.Select(c => c.Why));
        Assert.Equal((2, "service=fast,reason=cost"), (dropped.Total, Assert.Single(dropped.ByTags).Key));
        var budgets = gateway.Get<IBudgetStatus>().Budgets.ToDictionary(b => b.Budget);
        Assert.Equal((120, 0), (budgets["all"].Tokens!.Used, budgets["all"].UnknownCost - 4)); // the calls' own; theirs is the unknown price
        Assert.Equal((0.00008m, 0m, 2), (budgets["shadow of fast"].Cost!.Used, budgets["shadow of fast"].Cost!.Reserved, budgets["shadow of fast"].Refused));

        _time.Advance(TimeSpan.FromHours(2.5));
        Assert.Equal(200, (await gateway.AskAsync(Ten)).Status);
        Assert.Equal(3, (await gateway.EndAsync(5, 3)).Copies.Count);
    }

    [Fact]
    public async Task Cost_StandsInTheMetrics_Marked()
    {
        await using var primary = await ChatUpstream.StartAsync(Says("a"));
        await using var shadow = await ChatUpstream.StartAsync(Says("a", input: 20, output: 10));
        await using var gateway = await ShadowSetup.StartAsync(primary, shadow);
        using var ended = new MetricTally(gateway.Get<Meter>(), ModelMetricNames.ShadowCalls);

        Assert.Equal(200, (await gateway.AskAsync(Ask)).Status);
        await gateway.EndAsync(1, 1);

        var seen = MetricReading.Of(gateway.Get<Meter>(), "tidegate_model_");
        Assert.Equal(0.00004, seen["tidegate_model_cost_total{currency=USD,model=s,provider=p2,shadow=true}"], 9);
        Assert.Equal(20, seen["tidegate_model_tokens_total{kind=input,model=s,provider=p2,shadow=true}"]);
        Assert.Equal(1, seen["tidegate_model_cost_unknown_total{model=m-p1,provider=p1,shadow=false}"]);
        Assert.Equal("service=fast,outcome=ok", Assert.Single(ended.ByTags).Key);
    }

    [Theory]
    [InlineData("1 EUR")] // its price is in another currency
    [InlineData("1 USD")]
    public async Task UnknownPrice_IsNotMirrored(string cap)
    {
        await using var primary = await ChatUpstream.StartAsync(Says("a"));
        await using var shadow = await ChatUpstream.StartAsync(Says("a"));
        await using var gateway = await ShadowSetup.StartAsync(primary, shadow, s => s with { MaxCostPerDay = cap, Model = cap == "1 USD" ? "free" : s.Model });

        Assert.Equal(200, (await gateway.AskAsync(Ask)).Status);

        Assert.Equal("no shadow: price_unknown", (await gateway.EndAsync(1, 0)).Calls[0].Why);
        Assert.Equal(0, shadow.Calls);
    }

    [Fact]
    public async Task Full_CallsAreAnsweredAsEver_AndTheDropsAreCounted()
    {
        await using var primary = await ChatUpstream.StartAsync(Says("a"));
        await using var shadow = await ChatUpstream.StartAsync(Streams(Role, Gate, Content("a"), Stop, Done), Says("a"));
        await using var gateway = await ShadowSetup.StartAsync(primary, shadow, s => s with { MaxConcurrent = 1 });
        using var dropped = new MetricTally(gateway.Get<Meter>(), ModelMetricNames.ShadowDropped);

        Assert.Equal(200, (await gateway.AskAsync(AskStream)).Status);
        while (shadow.Calls < 1) await Task.Delay(5, Cancel);
        for (var i = 0; i < 3; i++) Assert.Equal(200, (await gateway.AskAsync(AskStream)).Status); // its copy hangs all the while

        Assert.Equal(["no shadow: busy", "no shadow: busy", "no shadow: busy"], (await gateway.EndAsync(4, 0)).Calls.Skip(1).Select(c => c.Why));
        Assert.Equal((3, "service=fast,reason=busy"), (dropped.Total, Assert.Single(dropped.ByTags).Key));
        shadow.Seen.SetResult();
        await gateway.EndAsync(4, 1);
        while (Running(gateway) > 0) await Task.Delay(5, Cancel); // its place is free a moment after its record
        Assert.Equal(200, (await gateway.AskAsync(AskStream)).Status);
        Assert.Equal(2, (await gateway.EndAsync(5, 2)).Copies.Count);
    }

    [Fact]
    public async Task Timeout_IsItsOwn()
    {
        await using var primary = await ChatUpstream.StartAsync(Says("a"));
        await using var shadow = await ChatUpstream.StartAsync(Streams(Role, Silence));
        await using var gateway = await TestGateway.StartAsync(new TestGateway.Setup { Time = _time }, ShadowSetup.Document(primary, shadow, s => s with { Timeout = TimeSpan.FromSeconds(3) }));

        Assert.Equal(200, (await gateway.AskAsync(AskStream)).Status);
        await shadow.Silent.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancel);
        _time.Advance(TimeSpan.FromSeconds(3.1));

        var copy = (await gateway.EndAsync(1, 1)).Copies[0];
        Assert.Equal((CallOutcome.Timeout, "", "stop"), (copy.Outcome, copy.Shadow!.Finish, copy.Shadow!.PrimaryFinish));
        Assert.Equal(3_100_000, copy.DurationUs);
        await shadow.Left.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
    }

    [Fact]
    public async Task Stop_EndsCopies_TheirRecordsAreWritten_AndCallsThatEndAfterItAreNotMirrored()
    {
        await using var primary = await ChatUpstream.StartAsync(Says("a"));
        await using var shadow = await ChatUpstream.StartAsync(Streams(Role, Silence));
        var gateway = await ShadowSetup.StartAsync(primary, shadow);
        Assert.Equal(200, (await gateway.AskAsync(AskStream)).Status);
        while (shadow.Calls < 1) await Task.Delay(5, Cancel);

        gateway.Get<DrainState>().Begun = true;
        var copy = (await gateway.EndAsync(1, 1)).Copies[0];
        Assert.Equal((CallOutcome.ClientCancelled, "the node is stopping"), (copy.Outcome, copy.Error));
        await shadow.Left.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        Assert.Equal(200, (await gateway.AskAsync(AskStream)).Status);
        Assert.Equal("no shadow: stopping", (await gateway.EndAsync(2, 1)).Calls[^1].Why);
        gateway.Get<DrainState>().Begun = false;
        await gateway.DisposeAsync(); // ends, because nothing is left to wait for

        Assert.Equal(1, shadow.Calls);
    }

    [Fact]
    public async Task Dispose_WhileACopyHangs_WaitsForItsRecord()
    {
        await using var primary = await ChatUpstream.StartAsync(Says("a"));
        await using var shadow = await ChatUpstream.StartAsync(Streams(Role, Silence));
        var gateway = await ShadowSetup.StartAsync(primary, shadow);
        Assert.Equal(200, (await gateway.AskAsync(AskStream)).Status);
        while (shadow.Calls < 1) await Task.Delay(5, Cancel);

        await gateway.DisposeAsync();

        Assert.Equal(2, gateway.Calls.Records.Count);
    }

    [Fact]
    public async Task CallerLeaves_OrNothingWasSent_IsNotMirrored()
    {
        await using var primary = await ChatUpstream.StartAsync(Streams(Role, Content("a"), Silence));
        await using var shadow = await ChatUpstream.StartAsync(Says("a"));
        await using var gateway = await ShadowSetup.StartAsync(primary, shadow, model: m => m with { Targets = [m.Targets[0] with { When = new TargetConditionConfig { Tools = false } }] });
        using var dropped = new MetricTally(gateway.Get<Meter>(), ModelMetricNames.ShadowDropped);

        using (await gateway.PostAsync(AskStream))
        {
        }

        await dropped.WaitForAsync(1);
        Assert.Equal(503, (await gateway.AskAsync("""{"model":"fast","messages":[],"tools":[{"type":"function","function":{"name":"f"}}]}""")).Status);
        await dropped.WaitForAsync(2);

        Assert.Equal(["service=fast,reason=caller_gone", "service=fast,reason=not_sent"], dropped.ByTags.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((0, 0), (shadow.Calls, Running(gateway)));
    }

    [Fact]
    public async Task TakenOutMeanwhile_IsNotMirrored()
    {
        await using var primary = await ChatUpstream.StartAsync(Streams(Role, Gate, Content("a"), Stop, Done));
        await using var shadow = await ChatUpstream.StartAsync(Says("a"));
        await using var gateway = await ShadowSetup.StartAsync(primary, shadow);
        using var dropped = new MetricTally(gateway.Get<Meter>(), ModelMetricNames.ShadowDropped);

        var asking = gateway.AskAsync(AskStream);
        while (primary.Calls < 1) await Task.Delay(5, Cancel);
        gateway.Apply(ShadowSetup.Document(primary, shadow, model: m => m with { Shadow = null }));
        primary.Seen.SetResult();

        Assert.Equal(200, (await asking).Status);
        await dropped.WaitForAsync(1);
        Assert.Equal("service=fast,reason=config_changed", Assert.Single(dropped.ByTags).Key);
        Assert.Equal(0, shadow.Calls);
    }

    private static int Running(TestGateway gateway) => gateway.Get<Tidegate.Gateway.Snapshot.SnapshotHolder>().Current!.Models.All[0].State.Shadows.InFlight;
}
