using Tidegate.Core.Calls;

namespace Tidegate.Tests.Gateway.Models.Faults;

/// <summary>An event that is no JSON.</summary>
public sealed class MalformedEventTests
{
    private const string Malformed = "echo?malformed=2";

    [Fact]
    public async Task Semantics2_8_MalformedEvent_AStream_GoesOnWithoutIt()
    {
        await using var scene = await FaultScene.StartAsync(Malformed, "echo");

        var seen = await scene.AskAsync();

        seen.IsWhole();
        Assert.DoesNotContain("broken", seen.Body, StringComparison.Ordinal);
        Assert.Contains("1 malformed events skipped", seen.Record.Why, StringComparison.Ordinal);
        Assert.Equal([(Malformed, CallOutcome.Ok)], seen.Attempts);
        Assert.Equal([FaultScene.Whole], seen.Costs);
    }

    [Fact]
    public async Task AWholeAnswerThatIsHalfAJson_IsTriedElsewhere()
    {
        await using var scene = await FaultScene.StartAsync(Malformed, "echo");

        var seen = await scene.AskAsync(stream: false);

        seen.IsWhole(stream: false);
        Assert.Equal([Malformed, "echo"], seen.Attempts.Select(a => a.Model));
    }
}
