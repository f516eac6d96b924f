using Tidegate.Core.Calls;

namespace Tidegate.Tests.Gateway.Models.Faults;

/// <summary>503.</summary>
public sealed class UnavailableTests
{
    [Fact]
    public async Task WithAnother_ThatOneAnswers()
    {
        await using var scene = await FaultScene.StartAsync("down", "echo");

        var seen = await scene.AskAsync();

        seen.IsWhole();
        Assert.Equal(["down", "echo"], seen.Attempts.Select(a => a.Model));
        Assert.Equal([0m, FaultScene.Whole], seen.Costs);
    }

    [Fact]
    public async Task All_TheCallerGets503_NotOneAttemptMoreThanAllowed()
    {
        await using var scene = await FaultScene.StartAsync(m => m with { MaxAttempts = 3 }, "down", "echo?status=503");

        var seen = await scene.AskAsync();

        Assert.Equal((503, CallOutcome.Unavailable), (seen.Status, seen.Record.Outcome));
        Assert.Equal(["down", "echo?status=503", "down"], seen.Attempts.Select(a => a.Model));
        Assert.Equal([0m, 0m, 0m], seen.Costs);
    }
}
