using Tidegate.Core.Calls;

namespace Tidegate.Tests.Gateway.Models.Faults;

/// <summary>500, once.</summary>
public sealed class ServerErrorOnceTests
{
    private const string Failing = "echo?status=500&times=1";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Alone_ItIsAskedAgain(bool stream)
    {
        await using var scene = await FaultScene.StartAsync(Failing);

        var seen = await scene.AskAsync(stream);

        seen.IsWhole(stream);
        Assert.Equal([(Failing, CallOutcome.UpstreamError), (Failing, CallOutcome.Ok)], seen.Attempts);
        Assert.Equal([0m, FaultScene.Whole], seen.Costs);
    }

    [Fact]
    public async Task WithAnother_ThatOneAnswers()
    {
        await using var scene = await FaultScene.StartAsync(Failing, "echo");

        Assert.Equal([(Failing, CallOutcome.UpstreamError), ("echo", CallOutcome.Ok)], (await scene.AskAsync()).Attempts);
    }
}
