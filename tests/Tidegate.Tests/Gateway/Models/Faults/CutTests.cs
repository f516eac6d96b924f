using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Models;

namespace Tidegate.Tests.Gateway.Models.Faults;

/// <summary>The connection breaks after three tokens.</summary>
public sealed class CutTests
{
    private const string Cut = "echo?cut=3";

    [Fact]
    public async Task Semantics2_5_Cut_AStream_EndsInAnError_NobodyElseIsAsked_TheTokensArePaidFor()
    {
        await using var scene = await FaultScene.StartAsync(Cut, "echo");

        var seen = await scene.AskAsync();

        seen.IsBrokenOff();
        Assert.Equal([(Cut, CallOutcome.Truncated)], seen.Attempts);
        Assert.True(seen.Record.Attempt(0).Use is { Estimated: true, OutputTokens: > 0, Cost: > 0 }, seen.Record.Attempt(0).Use?.ToString());
    }

    [Fact]
    public async Task AWholeAnswer_IsTriedElsewhereUnseen()
    {
        await using var scene = await FaultScene.StartAsync(Cut, "echo");

        var seen = await scene.AskAsync(stream: false);

        seen.IsWhole(stream: false);
        Assert.Equal([(Cut, CallOutcome.UpstreamError), ("echo", CallOutcome.Ok)], seen.Attempts);
    }

    [Fact]
    public async Task Semantics2_6a_Hold_Cut_IsTriedElsewhereUnseen()
    {
        await using var scene = await FaultScene.StartAsync(m => m with { Rescue = RescueMode.Hold }, Cut, "echo");

        var seen = await scene.AskAsync();

        seen.IsWhole();
        Assert.Equal([Cut, "echo"], seen.Attempts.Select(a => a.Model));
        Assert.True(seen.Costs[0] > 0);
        Assert.Equal(FaultScene.Whole, seen.Costs[1]);
    }

    [Fact]
    public async Task Semantics2_6c_Splice_Cut_TheCallerHasOneWholeAnswer()
    {
        await using var scene = await FaultScene.StartAsync(m => m with { Rescue = RescueMode.Splice }, Cut, "echo");

        var seen = await scene.AskAsync();

        seen.IsWhole();
        Assert.Equal([(Cut, CallOutcome.Truncated), ("echo", CallOutcome.Ok)], seen.Attempts);
        foreach (var word in (string[])["one", " two", " three", " four", " five", " six"]) Assert.Equal(2, seen.Body.Split($"\"content\":\"{word}\"").Length);
    }
}
