using Tidegate.Core.Calls;

namespace Tidegate.Tests.Gateway.Models.Faults;

/// <summary>A conversation longer than the window.</summary>
public sealed class ContextLengthTests
{
    private const string Small = "echo?context=3";

    [Fact]
    public async Task Semantics2_2_OnlyALargerWindow_IsTried()
    {
        await using var scene = await FaultScene.StartAsync(m => m with { Targets = [m.Targets[0] with { ContextWindow = 100 }, m.Targets[1] with { ContextWindow = 100 }, m.Targets[2] with { ContextWindow = 200 }] }, Small, "lorem", "echo");

        var seen = await scene.AskAsync();

        seen.IsWhole();
        Assert.Equal([(Small, CallOutcome.ClientError), ("echo", CallOutcome.Ok)], seen.Attempts);
        Assert.Equal([0m, FaultScene.Whole], seen.Costs);
    }

    [Fact]
    public async Task Semantics2_2_WithoutOne_TheCallerGetsThe400_AfterOneAttempt()
    {
        await using var scene = await FaultScene.StartAsync(Small, "echo");

        var seen = await scene.AskAsync();

        Assert.Equal((400, CallOutcome.ClientError), (seen.Status, seen.Record.Outcome));
        Assert.Contains("context_length_exceeded", seen.Body, StringComparison.Ordinal);
        Assert.Equal([Small], seen.Attempts.Select(a => a.Model));
    }
}
