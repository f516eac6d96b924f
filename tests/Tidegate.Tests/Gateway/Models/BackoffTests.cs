using Tidegate.Core.Calls;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models;

/// <summary>Waits before a target is asked again.</summary>
public sealed class BackoffTests
{
    [Fact]
    public async Task Semantics1_2_TheSameTarget_IsAskedAgainAfterAWait()
    {
        await using var upstream = await ChatUpstream.StartAsync(Fails(500), Fails(503), Says("here"));
        await using var gateway = await TestGateway.StartAsync(new TestGateway.Setup { Random = new TestRandom().Then(0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5) }, Document(m => m with { MaxAttempts = 3 }, upstream));

        Assert.Equal(200, (await gateway.AskAsync(Ask)).Status);

        // Half of at most 100 ms, then half of at most 200.
        Assert.Equal("retry 1: 500 Server; waited 50 ms before the same target; retry 2: 503 Overloaded; waited 100 ms before the same target", (await gateway.Calls.NextAsync()).Why);
    }

    [Fact]
    public async Task Semantics1_2_AnotherTarget_IsAskedAtOnce()
    {
        await using var first = await ChatUpstream.StartAsync(Fails(500));
        await using var second = await ChatUpstream.StartAsync(Says("here"));
        await using var gateway = await StartAsync(first, second);

        Assert.Equal(200, (await gateway.AskAsync(Ask)).Status);

        Assert.Equal("retry 1: 500 Server", (await gateway.Calls.NextAsync()).Why);
    }

    [Fact]
    public async Task Semantics1_2_AnotherKey_IsTriedAtOnce()
    {
        await using var upstream = await ChatUpstream.StartAsync(Fails(401), Says("here"));
        await using var gateway = await TestGateway.StartAsync(Document(m => m, Provider("p1", upstream.Address, "one", "two")));

        Assert.Equal(200, (await gateway.AskAsync(Ask)).Status);

        Assert.Equal((CallOutcome.Ok, "retry 1: 401 Authentication"), (await gateway.Calls.NextAsync()) is var record ? (record.Outcome, record.Why) : default);
    }
}
