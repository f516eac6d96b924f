using Microsoft.Extensions.Logging.Abstractions;
using Tidegate.Core.Ports;
using Tidegate.Platform.Budgets.Notices;
using Tidegate.Platform.Events;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Platform.Budgets;

/// <summary>What is told of budgets while a node starts.</summary>
public sealed class BudgetTellerTests : IAsyncLifetime
{
    private readonly SqliteTestDatabase _database = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Start_BeforeTheDatabaseIsOpen_LooksWhenItIs()
    {
        var store = await _database.CreateAsync();
        var (events, status) = (new EventLog(store), new Status(store.Ready));
        using var teller = new BudgetTeller(store, events, status, TimeProvider.System, NullLogger<BudgetTeller>.Instance);

        await teller.StartAsync(Cancel);
        await store.OpenAsync(Cancel);
        while ((await events.ListAsync(new EventQuery { Type = "budgets.*" }, Cancel)).Count == 0) await Task.Delay(20, Cancel);
        await teller.StopAsync(Cancel);

        Assert.All(status.Asked, Assert.True);
    }

    /// <summary>A budget that is to be told of, and whether the database was open whenever it was asked for.</summary>
    private sealed class Status(Task ready) : IBudgetStatus
    {
        public List<bool> Asked { get; } = [];

        public IReadOnlyList<BudgetStatus> Budgets
        {
            get
            {
                Asked.Add(ready.IsCompleted);
                var start = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
                return [new BudgetStatus("spend", "all", "", "month", "UTC", start, start.AddMonths(1), new BudgetTokens(100, 90, 0, 10), null, 0, 0, SoftReached: true)];
            }
        }
    }
}
