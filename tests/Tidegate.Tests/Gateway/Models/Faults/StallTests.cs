using Tidegate.Core.Calls;

namespace Tidegate.Tests.Gateway.Models.Faults;

/// <summary>Silence after three tokens.</summary>
public sealed class StallTests
{
    private const string Stalled = "echo?stall=3";

    [Fact]
    public async Task Semantics2_4_Stall_AStream_EndsInAnError_AtTheDeadlineBetweenTokens()
    {
        await using var scene = await FaultScene.StartAsync(Stalled, "echo");

        var seen = await scene.AskAsync();

        seen.IsBrokenOff();
        Assert.Equal([Stalled], seen.Attempts.Select(a => a.Model));
        Assert.Equal("silent between tokens", seen.Record.Attempt(0).Error);
        Assert.InRange(seen.Record.Attempt(0).DurationUs, 2_000_000, 2_500_000);
        Assert.True(seen.Costs[0] > 0);
    }

    [Fact]
    public async Task Semantics2_4_Stall_AWholeAnswer_IsTriedElsewhere_AtItsDeadline()
    {
        await using var scene = await FaultScene.StartAsync(Stalled, "echo");

        var seen = await scene.AskAsync(stream: false);

        seen.IsWhole(stream: false);
        Assert.Equal([(Stalled, CallOutcome.Timeout), ("echo", CallOutcome.Ok)], seen.Attempts);
    }
}
