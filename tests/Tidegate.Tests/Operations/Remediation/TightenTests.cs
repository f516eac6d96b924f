using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Consumers;
using Tidegate.Tests.Insight.CallLog.Support;
using Tidegate.Tests.Operations.Remediation.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Operations.Remediation;

/// <summary>Whoever burns most is found in the call log, and gets tighter limits until the budget has recovered.</summary>
public sealed class TightenTests : IAsyncDisposable
{
    private const string Consumers = """
        ---
        apiVersion: tidegate/v1
        kind: Consumer
        metadata: {name: greedy}
        spec: {limits: [{name: own, calls: 90, per: 1m}]}
        ---
        apiVersion: tidegate/v1
        kind: Consumer
        metadata: {name: quiet}
        spec: {limits: [{name: own, calls: 90, per: 1m}]}

        """;

    private readonly SqliteTestDatabase _database = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Tighten_TheConsumerThatBurnsMost_IsFoundAndLimitedAndFreedAgain()
    {
        await using var log = await TestCallLog.StartAsync(now: _time.GetUtcNow());
        // An hour ago somebody else failed; only what the rule looks at counts. Most calls are quiet's, and they are good.
        await log.WriteAsync([.. Calls(50, "quiet", CallOutcome.UpstreamError, -60), .. Calls(12, "greedy", CallOutcome.UpstreamError, 11), .. Calls(4, "quiet", CallOutcome.Timeout, 11), .. Calls(60, "quiet", CallOutcome.Ok, 11)]);
        await using var node = await StartAsync(log);
        await node.RunAsync(TimeSpan.FromMinutes(10), 0);
        await node.RunAsync(TimeSpan.FromMinutes(2), 0.5);

        var action = Assert.Single((await node.RuleAsync()).Actions);
        Assert.Equal(("done", "limits of Consumer/greedy at 30 %: it has 75 % of the bad calls"), (action.State, action.Text));
        Assert.Equal((27, 90), (CallsOf(node, "greedy"), CallsOf(node, "quiet")));
        Assert.Equal("policy/orders", Assert.Single(await node.Overlays.ListAsync(all: false, Cancel)).Author);

        await node.RunAsync(TimeSpan.FromMinutes(20), 0);
        Assert.Equal(90, CallsOf(node, "greedy"));
    }

    [Fact]
    public async Task Tighten_CallLogIsAway_IsSaidAndNobodyIsLimited()
    {
        await using var log = await TestCallLog.StartAsync(now: _time.GetUtcNow());
        await using var node = await StartAsync(log);
        log.Archive.Dispose();
        await node.RunAsync(TimeSpan.FromMinutes(2), 0.5);

        var action = Assert.Single((await node.RuleAsync()).Actions);
        Assert.Equal("refused", action.State);
        Assert.StartsWith("The call log cannot be asked who burns: ", action.Reason, StringComparison.Ordinal);
        Assert.Equal((90, 90), (CallsOf(node, "greedy"), CallsOf(node, "quiet")));
        Assert.Empty(node.Health.Problems);
        Assert.Contains("escalated", await node.ToldAsync());
    }

    private Task<PolicyNode> StartAsync(TestCallLog log) => PolicyNode.StartAsync(
        _database, _time, PolicyNode.Shop + Consumers + PolicyText.Of("burnAbove: 10, over: 5m", "{type: tighten, routes: [shop], factor: 0.3, minShare: 0.6}"), log.Store);

    private static int? CallsOf(PolicyNode node, string consumer) => ((Resource<ConsumerConfig>)node.Config.Publisher.Current!.Document.Find($"Consumer/{consumer}")!).Spec.Limits[0].Calls;

    private IEnumerable<CallRecord> Calls(int count, string consumer, CallOutcome outcome, int minutes) => Enumerable.Range(0, count).Select(_ =>
    {
        var call = SampleCalls.Ordinary(_time.GetUtcNow().AddMinutes(minutes));
        (call.Consumer, call.Service, call.Outcome) = (consumer, "orders", outcome);
        return call;
    });
}
