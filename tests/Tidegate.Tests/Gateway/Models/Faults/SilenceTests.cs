using Tidegate.Core.Calls;

namespace Tidegate.Tests.Gateway.Models.Faults;

/// <summary>The head of an answer, and then nothing.</summary>
public sealed class SilenceTests
{
    private const string Silent = "echo?stall=0";

    [Fact]
    public async Task Semantics2_4_Silence_TheNextTargetAnswers_TheSilentOneIsNotAskedAgain()
    {
        await using var scene = await FaultScene.StartAsync(Silent, "echo?status=500&times=1");

        var seen = await scene.AskAsync();

        seen.IsWhole();
        Assert.Equal([(Silent, CallOutcome.Timeout), ("echo?status=500&times=1", CallOutcome.UpstreamError), ("echo?status=500&times=1", CallOutcome.Ok)], seen.Attempts);
        Assert.Equal("no token in time", seen.Record.Attempt(0).Error);
        Assert.True(seen.Costs[0] > 0 && seen.Record.Attempt(0).Use!.Estimated, "it was given up at work: what it read is paid for");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Semantics2_4_Silence_Alone_TheCallerGets504(bool stream)
    {
        await using var scene = await FaultScene.StartAsync(Silent);

        var seen = await scene.AskAsync(stream);

        Assert.Equal((504, CallOutcome.Timeout), (seen.Status, seen.Record.Outcome));
        Assert.Equal([(Silent, CallOutcome.Timeout)], seen.Attempts);
    }
}
