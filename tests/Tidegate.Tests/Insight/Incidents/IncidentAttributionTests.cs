using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies;
using Tidegate.Insight.Incidents;
using Tidegate.Insight.Objectives.Attributing;
using Tidegate.Tests.Platform.ConfigStore;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Incidents;

public sealed class IncidentAttributionTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private readonly SqliteTestDatabase _database = new();
    private readonly FakeTimeProvider _time = new(Start);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    // semantics 3.7
    [Fact]
    public async Task Semantics3_7_Incidents_TakeWhatWasUsedFromTheirImpactToTheirEndAndNothingOfOtherServices()
    {
        await using var node = await IncidentNode.StartAsync(_database, _time);
        await node.Objectives.CallsAsync(TimeSpan.FromMinutes(10), 10, 0.1);
        await node.Objectives.CallsAsync(TimeSpan.FromMinutes(5), 10, 1);
        var id = (await node.Store.OpenAsync(Request("orders") with { ImpactStart = Start.AddMinutes(10) }, ConfigNode.Ada, Cancel)).Incident.Id;
        await node.Store.OpenAsync(Request("other") with { ImpactStart = Start }, ConfigNode.Ada, Cancel);
        await node.Objectives.CallsAsync(TimeSpan.FromMinutes(5), 10, 0.2);
        await node.Store.CloseAsync(id, null, ConfigNode.Ada, Cancel);
        await node.Objectives.CallsAsync(TimeSpan.FromMinutes(10), 10, 0.1);

        var split = (await new BudgetAttribution(node.Objectives.Book, node.Objectives.History, new CallParts(node.Objectives.History, null!), [new IncidentAttribution(node.Store)])
            .SplitAsync("orders-work", "incident", Start, _time.GetUtcNow(), 10, Cancel))!;

        var part = Assert.Single(split.Parts);
        Assert.Equal((id, "sev2: orders fails"), (part.Key, part.Text));
        Assert.InRange(part.Bad, 340, 370); // 300 of the outage and 60 of the repair; minutes are whole
        Assert.Equal(split.Whole.Bad, part.Bad + split.Rest.Bad, 9);
        Assert.Equal((await node.Reader.UsedAsync("orders-work", Start.AddMinutes(10), Start.AddMinutes(20), Cancel))!.Value, part.Budget!.Value, 0.5);
    }

    private static IncidentRequest Request(string service) => new() { Title = $"{service} fails", Severity = IncidentSeverity.Sev2, Services = [service] };
}
