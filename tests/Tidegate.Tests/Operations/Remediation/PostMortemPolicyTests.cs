using Microsoft.Extensions.Time.Testing;
using Tidegate.Insight.Incidents;
using Tidegate.Insight.PostMortems;
using Tidegate.Platform.Events;
using Tidegate.Tests.Operations.Remediation.Support;
using Tidegate.Tests.Platform.ConfigStore;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Operations.Remediation;

public sealed class PostMortemPolicyOnSqliteTests() : PostMortemPolicyTests(new SqliteTestDatabase());

public sealed class PostMortemPolicyOnPostgresTests(PostgresServer server) : PostMortemPolicyTests(new PostgresTestDatabase(server));

/// <summary>Incidents that used too much of a budget have to be learnt from.</summary>
public abstract class PostMortemPolicyTests(TestDatabase database) : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return database.DisposeAsync();
    }

    [Fact]
    public async Task Semantics3_8_OneIncidentUsedMoreThanAFifth_ItsPostMortemIsMandatory_AndStaysSo()
    {
        await using var node = await PolicyNode.StartAsync(database, _time, Documents());
        Assert.Equal("a mandatory post-mortem of the incident, with at least one P0 action item", Assert.Single((await node.RuleAsync()).Actions).Text);
        var incident = await BurnAsync(node);

        var due = Assert.Single(await node.PostMortems.ListAsync(all: false, 10, Cancel));
        Assert.Equal((incident, "policy/orders"), (due.Incident, due.RequiredBy));
        Assert.Matches(@"^it used [\d,.]+ % of the error budget of orders-work, and above 20 % there has to be one \(policy orders, rule one-incident\)$", due.Reason);
        var action = Assert.Single((await node.RuleAsync()).Actions);
        Assert.Equal(("postmortem", "done", $"a mandatory post-mortem of {incident}, with at least one P0 action item", incident), (action.Type, action.State, action.Text, Assert.Single(action.Made)));

        // However much is left again.
        await node.RunAsync(TimeSpan.FromMinutes(3), 0, perTick: 100_000);
        Assert.Equal("cooling", (await node.RuleAsync()).State);
        Assert.True((await node.PostMortems.FindAsync(incident, Cancel))!.IsDue);
    }

    [Fact]
    public async Task AnotherIncident_WhileTheRuleHolds_HasToBeLearntFrom_Too()
    {
        await using var node = await PolicyNode.StartAsync(database, _time, Documents());
        var first = await BurnAsync(node);
        await node.Incidents.CloseAsync(first, null, ConfigNode.Ada, Cancel);
        await node.RunAsync(TimeSpan.FromMinutes(1), 0);

        var second = await BurnAsync(node);

        Assert.Equal([second, first], (await node.PostMortems.ListAsync(all: false, 10, Cancel)).Select(p => p.Incident));
        Assert.Equal([first, second], Assert.Single((await node.RuleAsync()).Actions).Made.Order(StringComparer.Ordinal));
        Assert.Equal(2, (await node.Events.ListAsync(new EventQuery { Type = PostMortemStore.Required }, Cancel)).Count);
        Assert.Equal(["rule_entered", "acted", "acted"], await node.ToldAsync());
    }

    [Fact]
    public async Task DryRun_SaysOfWhich_AndRequiresNothing()
    {
        await using var node = await PolicyNode.StartAsync(database, _time, Documents("dryRun: true"));

        var incident = await BurnAsync(node);

        Assert.Empty(await node.PostMortems.ListAsync(all: true, 10, Cancel));
        Assert.Contains(incident, Assert.Single((await node.RuleAsync()).Actions).Text, StringComparison.Ordinal);
    }

    // What an incident used is looked at once a minute.
    private async Task<string> BurnAsync(PolicyNode node)
    {
        await node.RunAsync(TimeSpan.FromMinutes(1), 0);
        var opened = await node.Incidents.OpenAsync(new IncidentRequest { Title = "t", Objectives = ["orders-work"], Services = ["orders"], ImpactStart = _time.GetUtcNow() }, ConfigNode.Ada, Cancel);
        await node.RunAsync(TimeSpan.FromMinutes(3), 0.5);
        return opened.Incident.Id;
    }

    private static string Documents(string policy = "") => PolicyNode.Shop + $$"""
        ---
        apiVersion: tidegate/v1
        kind: ErrorBudgetPolicy
        metadata: {name: orders}
        spec:
          for: {slos: [orders-work]}
          {{policy}}
          rules:
            - name: one-incident
              when: {incidentAbove: 20}
              exit: {after: 1m}
              minActive: 1m
              actions: [{type: postmortem}]

        """;
}
