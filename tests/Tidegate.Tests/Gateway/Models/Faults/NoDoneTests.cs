using Tidegate.Core.Calls;

namespace Tidegate.Tests.Gateway.Models.Faults;

/// <summary>A reason for the end, but no terminator.</summary>
public sealed class NoDoneTests
{
    [Fact]
    public async Task Semantics2_7_NoDone_IsSuccess_AndTheCallerGetsTheTerminatorItWaitsFor()
    {
        await using var scene = await FaultScene.StartAsync("echo?nodone", "echo");

        var seen = await scene.AskAsync();

        seen.IsWhole();
        Assert.Equal([("echo?nodone", CallOutcome.Ok)], seen.Attempts);
        Assert.True(seen.Record.Attempt(0).Use is { Estimated: true, OutputTokens: > 0, Cost: > 0 }, "usage never came: it is counted");
    }

    [Fact]
    public async Task Semantics2_7_NeitherReasonNorTerminator_IsAFailure()
    {
        await using var scene = await FaultScene.StartAsync("echo?truncate=3", "echo");

        var seen = await scene.AskAsync();

        seen.IsBrokenOff();
        Assert.Equal("the stream ended without a finish reason", seen.Record.Attempt(0).Error);
    }
}
