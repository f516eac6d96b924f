using Tidegate.Core.Calls;

namespace Tidegate.Tests.Gateway.Models.Faults;

/// <summary>429 with Retry-After, for ever.</summary>
public sealed class RateLimitedForEverTests
{
    private const string Limited = "echo?status=429&retry=20s";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Semantics1_3_RateLimited_NothingElse_TheCallerGetsThe429WithItsWait_AfterOneAttempt(bool stream)
    {
        await using var scene = await FaultScene.StartAsync(Limited);

        var seen = await scene.AskAsync(stream);

        Assert.Equal((429, "20", CallOutcome.RateLimited), (seen.Status, seen.RetryAfter, seen.Record.Outcome));
        Assert.Contains("\"error\":{", seen.Body, StringComparison.Ordinal);
        Assert.Equal([(Limited, CallOutcome.RateLimited)], seen.Attempts);
        Assert.Equal([0m], seen.Costs);
    }

    [Fact]
    public async Task Semantics1_3_RateLimited_WithAnother_TheLimitedOneIsAskedOncePerWait()
    {
        await using var scene = await FaultScene.StartAsync(Limited, "echo");
        var asked = 0;

        for (var i = 0; i < 10; i++)
        {
            var seen = await scene.AskAsync();
            seen.IsWhole();
            asked += seen.Attempts.Count - 1;
            scene.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.InRange(asked, 2, 3);
    }
}
