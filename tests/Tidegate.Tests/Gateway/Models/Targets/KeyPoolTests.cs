using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Resources.Services;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models.Targets;

/// <summary>Keys that are out, and how they come back.</summary>
public sealed class KeyPoolTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task KeyThatIsOut_IsNotLentToATargetWhoseBreakerIsOpen()
    {
        await using var upstream = await ChatUpstream.StartAsync(Fails(500), Fails(401), Says("it is taken again"));
        var provider = Provider("p1", upstream.Address, "key-one");
        provider = provider with { Spec = provider.Spec with { Breaker = new BreakerConfig { MinimumCalls = 1, Cooldown = TimeSpan.FromMinutes(5), MaxCooldown = TimeSpan.FromMinutes(5) } } };
        await using var gateway = await TestGateway.StartAsync(new TestGateway.Setup { Time = _time }, Document(
            m => m with { Targets = [m.Targets[0] with { Model = "broken" }, m.Targets[0] with { Model = "well" }] }, provider));
        Assert.Equal(502, (await gateway.AskAsync(Ask)).Status); // the breaker of the first is open, and the key is out
        Assert.Equal(503, (await gateway.AskAsync(Ask)).Status);
        Assert.Equal(2, upstream.Calls);

        _time.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal(200, (await gateway.AskAsync(Ask)).Status); // the one try of this minute goes to the target that takes it
        Assert.Equal(3, upstream.Calls);
    }

    [Fact]
    public async Task KeyThatIsOut_IsTriedOnceAMinute()
    {
        await using var upstream = await ChatUpstream.StartAsync(Fails(403));
        await using var gateway = await TestGateway.StartAsync(new TestGateway.Setup { Time = _time }, Document(m => m, Provider("p1", upstream.Address, "key-one")));

        for (var i = 0; i < 120; i++)
        {
            Assert.InRange((await gateway.AskAsync(Ask)).Status, 502, 503);
            _time.Advance(TimeSpan.FromSeconds(2));
        }

        Assert.Equal(4, upstream.Calls);
    }
}
