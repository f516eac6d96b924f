using Tidegate.Core.Calls;

namespace Tidegate.Tests.Gateway.Models.Faults;

/// <summary>An answer that the provider's filter ended.</summary>
public sealed class ContentFilterTests
{
    private const string Filtered = "echo?finish=filter";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Semantics2_2_ContentFilter_IsRelayed_AndNobodyElseIsAsked(bool stream)
    {
        await using var scene = await FaultScene.StartAsync(Filtered, "echo");

        var seen = await scene.AskAsync(stream);

        Assert.Equal((200, CallOutcome.Ok), (seen.Status, seen.Record.Outcome));
        Assert.Contains("\"content_filter\"", seen.Body, StringComparison.Ordinal);
        Assert.Equal([(Filtered, CallOutcome.Ok)], seen.Attempts);
        Assert.Equal([FaultScene.Whole], seen.Costs);
    }
}
