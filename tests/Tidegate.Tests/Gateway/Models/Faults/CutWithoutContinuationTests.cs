using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Models;

namespace Tidegate.Tests.Gateway.Models.Faults;

/// <summary>A cut with a fallback that cannot go on.</summary>
public sealed class CutWithoutContinuationTests
{
    private const string Cut = "echo?cut=3";

    [Fact]
    public async Task Semantics2_6b_Prefill_WithoutContinuation_TheFallbackIsNotEvenAsked()
    {
        await using var scene = await FaultScene.StartAsync(m => m with { Rescue = RescueMode.Prefill }, Cut, "echo");

        var seen = await scene.AskAsync();

        seen.IsBrokenOff();
        Assert.Equal([(Cut, CallOutcome.Truncated)], seen.Attempts);
    }

    [Fact]
    public async Task Semantics2_6c_Splice_TheFallbackSaysSomethingElse()
    {
        await using var scene = await FaultScene.StartAsync(m => m with { Rescue = RescueMode.Splice }, Cut, "lorem", "echo");

        var seen = await scene.AskAsync();

        seen.IsBrokenOff();
        Assert.Equal([Cut, "lorem"], seen.Attempts.Select(a => a.Model));
        Assert.True(seen.Costs[0] > 0 && seen.Costs[1] > 0, "both are on the bill");
    }
}
