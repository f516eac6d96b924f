using Microsoft.Extensions.DependencyInjection;
using Tidegate.Core.Ports;
using Tidegate.Platform.Budgets;
using Tidegate.Platform.Events;
using Tidegate.Platform.Hosting;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Platform.Budgets;

/// <summary>GET /api/v1/budgets.</summary>
public sealed class BudgetEndpointTests
{
    [Fact]
    public async Task List_IsPagedByBudgetAndPart()
    {
        await using var database = new SqliteTestDatabase();
        await using var admin = await TestAdmin.StartAsync(database, TimeProvider.System, new EventsModule(), new BudgetsModule(), new StatusOf([Of("a", ""), Of("b", ""), Of("b", "ada/x"), Of("b", "bob"), Of("c", "")]));
        using var client = admin.Admin();
        var seen = new List<string>();

        string? cursor = null;
        do
        {
            var (status, body, _) = await client.GetAsJsonAsync($"budgets?limit=2{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}");
            Assert.Equal(200, status);
            seen.AddRange(body!["items"]!.AsArray().Select(i => $"{i!["budget"]}:{i["part"]}"));
            cursor = body["next"]?.GetValue<string>();
        }
        while (cursor is not null);

        Assert.Equal(["a:", "b:", "b:ada/x", "b:bob", "c:"], seen);
    }

    [Fact]
    public async Task List_TellsUsedReservedAndLeft()
    {
        await using var database = new SqliteTestDatabase();
        await using var admin = await TestAdmin.StartAsync(database, TimeProvider.System, new EventsModule(), new BudgetsModule(), new StatusOf([Of("a", "")]));
        using var client = admin.Admin();

        var (_, body, _) = await client.GetAsJsonAsync("budgets");

        Assert.Equal(
            """{"budget":"a","each":"consumer","part":"","window":"day","zone":"UTC","startedAt":"2026-11-22T00:00:00+00:00","resetsAt":"2026-11-23T00:00:00+00:00","tokens":{"limit":100,"used":10,"reserved":5,"left":85},"cost":{"currency":"USD","limit":1,"used":0.000000001,"reserved":0,"left":0.999999999},"unknownCost":0,"refused":2,"softReached":true,"softLimit":0.8}""",
            body!["items"]![0]!.ToJsonString(ApiJson.Options));
    }

    [Theory]
    [InlineData("budgets?limit=0")]
    [InlineData("budgets?limit=1001")]
    [InlineData("budgets?cursor=x")]
    public async Task List_WrongParameters_Are400(string path)
    {
        await using var database = new SqliteTestDatabase();
        await using var admin = await TestAdmin.StartAsync(database, TimeProvider.System, new EventsModule(), new BudgetsModule(), new StatusOf([]));
        using var client = admin.Admin();

        Assert.Equal(400, (await client.GetAsJsonAsync(path)).Status);
    }

    private static BudgetStatus Of(string budget, string part) => new(
        budget, "consumer", part, "day", "UTC", new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero),
        new BudgetTokens(100, 10, 5, 85), new BudgetMoney("USD", 1, 0.000000001m, 0, 0.999999999m), 0, 2, true)
    { SoftLimit = 0.8 };

    private sealed class StatusOf(IReadOnlyList<BudgetStatus> budgets) : Module, IBudgetStatus
    {
        public override string Name => "Ports";

        public IReadOnlyList<BudgetStatus> Budgets => budgets;

        public override void Register(IServiceCollection services, ProcessOptions options) => services.AddSingleton<IBudgetStatus>(this);
    }
}
