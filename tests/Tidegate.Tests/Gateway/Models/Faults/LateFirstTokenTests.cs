using Tidegate.Core.Calls;

namespace Tidegate.Tests.Gateway.Models.Faults;

/// <summary>A first token that takes its time.</summary>
public sealed class LateFirstTokenTests
{
    [Fact]
    public async Task Semantics2_4_LateFirstToken_WithinItsDeadline_ItIsWaitedFor()
    {
        await using var scene = await FaultScene.StartAsync("echo?first=1500ms", "echo");

        var seen = await scene.AskAsync();

        seen.IsWhole();
        Assert.Equal([("echo?first=1500ms", CallOutcome.Ok)], seen.Attempts);
        Assert.Equal([FaultScene.Whole], seen.Costs);
        Assert.InRange(seen.Record.Attempt(0).Use!.FirstTokenUs, 1_500_000, 2_000_000);
    }

    [Fact]
    public async Task Semantics2_4_LateFirstToken_BehindItsDeadline_TheNextTargetAnswers()
    {
        await using var scene = await FaultScene.StartAsync("echo?first=5s", "echo");

        var seen = await scene.AskAsync();

        seen.IsWhole();
        Assert.Equal([("echo?first=5s", CallOutcome.Timeout), ("echo", CallOutcome.Ok)], seen.Attempts);
        Assert.InRange(seen.Record.Attempt(0).DurationUs, 2_000_000, 2_500_000);
    }
}
