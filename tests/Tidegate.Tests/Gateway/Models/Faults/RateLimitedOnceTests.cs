using Tidegate.Core.Calls;

namespace Tidegate.Tests.Gateway.Models.Faults;

/// <summary>429 with Retry-After, once.</summary>
public sealed class RateLimitedOnceTests
{
    private const string Limited = "echo?status=429&retry=2s&times=1";

    [Fact]
    public async Task Semantics1_3_RateLimited_TheNextTargetAnswers_TheLimitedOneIsLeftAloneForAsLongAsItAsked()
    {
        await using var scene = await FaultScene.StartAsync(Limited, "echo");

        var first = await scene.AskAsync();
        var second = await scene.AskAsync();
        scene.Advance(TimeSpan.FromSeconds(3));
        var third = await scene.AskAsync();

        first.IsWhole();
        Assert.Equal([(Limited, CallOutcome.RateLimited), ("echo", CallOutcome.Ok)], first.Attempts);
        Assert.Equal([0m, FaultScene.Whole], first.Costs);
        Assert.Equal([("echo", CallOutcome.Ok)], second.Attempts);
        Assert.Equal([(Limited, CallOutcome.Ok)], third.Attempts);
    }
}
