using Microsoft.Extensions.Time.Testing;
using Tidegate.Tests.Operations.Remediation.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Operations.Remediation;

/// <summary>Two nodes on one PostgreSQL that both look at policies: the one that judges objectives acts, and when it is gone, the other goes on.</summary>
public sealed class SeveralPolicyNodesTests(PostgresServer server)
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nodes_TwoThatLook_ActOnce_AndTheSecondTakesBackWhatTheFirstDid()
    {
        await using var database = new PostgresTestDatabase(server);
        var documents = PolicyNode.Shop + PolicyText.Of("burnAbove: 10, over: 5m", $"{PolicyText.Shift}, {{type: freeze}}, {{type: incident}}, {{type: notify, targets: [on-call]}}");
        var one = await PolicyNode.StartAsync(database, _time, documents, isShared: true);
        await using var two = await PolicyNode.StartAsync(database, _time, isShared: true);
        for (var i = 0; i < 6; i++)
        {
            // At the same moment: neither has seen what the other decides.
            await one.CallsAsync(0.5);
            await two.CallsAsync(0.5);
            await Task.WhenAll(one.LookAsync(), two.LookAsync());
        }

        Assert.Equal(["rule_entered", "acted", "acted", "acted", "acted"], await two.ToldAsync());
        Assert.Single(await two.Overlays.ListAsync(all: true, Cancel));
        Assert.Single(await two.Freezes.ListAsync(null, all: true, Cancel));
        Assert.Single(await two.Incidents.ListAsync(all: true, null, null, 10, Cancel));
        Assert.Single(await two.Notifications.ListAsync(null, "on-call", null, 10, Cancel));
        Assert.True(await one.LeadsAsync());
        Assert.False(await two.LeadsAsync());

        // The first is gone without a word; the second has its calls, and leaves the rule when they are well.
        await two.RunAsync(TimeSpan.FromMinutes(12), 0);

        Assert.True(await two.LeadsAsync());
        Assert.Equal(["rule_left", "reverted"], (await two.ToldAsync()).Skip(5));
        Assert.Empty(await two.Overlays.ListAsync(all: false, Cancel));
        Assert.Empty(await two.Freezes.ListAsync(null, all: false, Cancel));
        await one.DisposeAsync();
    }
}
