using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Windows;
using Tidegate.Insight.Indicators;
using Tidegate.Insight.Indicators.Pushed;
using Tidegate.Insight.Indicators.Series;
using Tidegate.Platform.Hosting;
using Tidegate.Tests.Insight.Objectives.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Indicators.Pushed;

public sealed class PushOnSqliteTests() : PushTests(new SqliteTestDatabase());

public sealed class PushOnPostgresTests(PostgresServer server) : PushTests(new PostgresTestDatabase(server));

/// <summary>Counts that programs push: on disk when answered, and counted once however often they are sent.</summary>
public abstract class PushTests(TestDatabase database) : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 30, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Start);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return database.DisposeAsync();
    }

    [Fact]
    public async Task Push_SentAgain_CountsOnceAlsoAfterARestart()
    {
        string secret;
        await using (var admin = await StartAsync())
        {
            secret = admin.First!.Token;
            using var client = admin.Client(secret);
            Assert.Equal((200, 10, false), await PushAsync(client, "k1", """{"events": [{"name": "imports", "good": 7, "bad": 3}]}"""));
            Assert.Equal((200, 10, true), await PushAsync(client, "k1", """{"events": [{"name": "imports", "good": 7, "bad": 3}]}"""));
            Assert.Equal((200, 2, false), await PushAsync(client, "k2", """{"events": [{"name": "imports", "good": 1}, {"name": "imports", "bad": 1}]}"""));
        }

        await using var next = await StartAsync();
        using var again = next.Client(secret);
        Assert.Equal((200, 2, true), await PushAsync(again, "k2", """{"events": [{"name": "imports", "good": 1}, {"name": "imports", "bad": 1}]}"""));

        Assert.Equal(new SeriesDelta("events:imports", Start.AddSeconds(-30), new Tally(4, 12), TimeSpan.FromMinutes(1)), Assert.Single(await next.Services.GetRequiredService<SeriesStore>().ReadAsync("events:imports", Start.AddDays(-1), Start.AddDays(-1), Cancel)));
    }

    [Fact]
    public async Task Push_KeyOfAnotherPush_IsRefused()
    {
        await using var admin = await StartAsync();
        using var client = admin.Admin();
        await PushAsync(client, "k1", """{"events": [{"name": "imports", "good": 7}]}""");

        Assert.Equal(409, (await PushAsync(client, "k1", """{"events": [{"name": "imports", "good": 8}]}""")).Status);
        Assert.Equal(7, (await ReadAsync(admin)).Total);
    }

    [Fact]
    public async Task Push_Late_CountsAtItsTime()
    {
        await using var admin = await StartAsync();
        using var client = admin.Admin();
        Assert.Equal(200, (await PushAsync(client, "k1", """{"events": [{"name": "imports", "bad": 5, "at": "2026-02-26T08:15:20+02:00"}]}""")).Status);

        Assert.Equal("2026-02-26 06:15:00Z", $"{Assert.Single(await admin.Services.GetRequiredService<SeriesStore>().ReadAsync("events:imports", Start.AddDays(-9), Start.AddDays(-9), Cancel)).At:u}");
    }

    [Theory]
    [InlineData("k", """{"events": []}""", 400, null)]
    [InlineData("", """{"events": [{"name": "imports", "good": 1}]}""", 400, null)]
    [InlineData("k", """{"events": [{"name": "imports", "good": "1"}]}""", 400, null)]
    [InlineData("k", """{"events": [{"name": "imports", "godo": 1}]}""", 400, null)]
    [InlineData("k", """{"events": [{"name": "imports", "good": 1, "at": "2026-03-02T08:59:00"}]}""", 400, null)]
    [InlineData("k", """{"events": [{"name": "imports", "good": 1, "at": "2026-03-02"}]}""", 400, null)]
    [InlineData("k", """{"events": """, 400, null)]
    [InlineData("k", """{"events": [{"name": "imports", "good": 1, "good": 2}]}""", 400, null)]
    [InlineData("k", """{"events": [{"name": "imports", "good": 1}, null]}""", 422, "bad_count events[1]")]
    [InlineData("k", """{"events": [{"name": "exports", "good": 1}]}""", 422, "unknown_events events[0].name")]
    [InlineData("k", """{"events": [{"name": "imports", "good": 1}, {"name": "imports", "good": -1}]}""", 422, "bad_count events[1]")]
    [InlineData("k", """{"events": [{"name": "imports"}]}""", 422, "bad_count events[0]")]
    [InlineData("k", """{"events": [{"name": "imports", "good": 9223372036854775807, "bad": 1}]}""", 422, "bad_count events[0]")]
    [InlineData("k", """{"events": [{"name": "imports", "good": 1, "at": "2026-03-02T09:02:00Z"}]}""", 422, "in_the_future events[0].at")]
    [InlineData("k", """{"events": [{"name": "imports", "good": 1, "at": "2026-02-24T08:00:00Z"}]}""", 422, "too_late events[0].at")]
    public async Task Push_WhatCannotBeCounted_IsRefusedWholeWithItsPlace(string key, string json, int expected, string? finding)
    {
        await using var admin = await StartAsync();
        using var client = admin.Admin();

        var (status, body, _) = await client.CallAsync(HttpMethod.Post, "indicators/events", json, ("Idempotency-Key", key));

        Assert.Equal(expected, status);
        if (finding is not null) Assert.Equal(finding, $"{body!["findings"]![0]!["code"]} {body["findings"]![0]!["path"]}");
        Assert.True((await ReadAsync(admin)).IsEmpty);
    }

    [Fact]
    public async Task Push_WithATokenForSomethingElse_IsRefused()
    {
        await using var admin = await StartAsync();
        using var client = admin.Admin();
        var (_, made, _) = await client.PostAsJsonAsync("tokens", new { name = "x", role = "operator", scopes = new[] { "tokens.own" } });
        using var other = admin.Client(made!["secret"]!.GetValue<string>());

        Assert.Equal(403, (await PushAsync(other, "k", """{"events": [{"name": "imports", "good": 1}]}""")).Status);
    }

    // Whether an objective reads its past before or after a push, it has the push once.
    [Fact]
    public async Task Push_BeforeWhileAndAfterAnObjectiveIsRead_CountsOnce()
    {
        const string Slo = """
            apiVersion: openslo/v1
            kind: SLO
            metadata: {name: imports}
            spec:
              service: shop
              budgetingMethod: Occurrences
              timeWindow: [{duration: 30d, isRolling: true}]
              objectives: [{target: 0.9}]
              indicator: {metadata: {name: imports}, spec: {ratioMetric: {rawType: success, raw: {metricSource: {type: events, spec: {name: imports}}}}}}
            ---
            apiVersion: tidegate/v1
            kind: Service
            metadata: {name: shop}
            spec: {destinations: [{address: "http://127.0.0.1:9"}]}
            """;
        await using (var node = await ObjectiveNode.StartAsync(database, _time, Slo))
        {
            Assert.Contains("imports", node.Pushed.Names);
            var store = new PushStore(node.Store, node.Counts, node.Hub, _time);
            await store.CountAsync("a", "a", [new("events:imports", _time.GetUtcNow(), new Tally(1, 10))], Cancel);
            await TickAsync(node);
            Assert.Equal(PushOutcome.Again, await store.CountAsync("a", "a", [new("events:imports", _time.GetUtcNow(), new Tally(1, 10))], Cancel));
            await TickAsync(node);
            Assert.Equal((10, 1), (node.Status("imports").Total, node.Status("imports").Bad));
            // In the memory of the hub, and on disk, when the next node reads its past.
            await store.CountAsync("b", "b", [new("events:imports", _time.GetUtcNow(), new Tally(2, 10))], Cancel);
        }

        await using var next = await ObjectiveNode.StartAsync(database, _time, Slo);
        await TickAsync(next);
        Assert.Equal((20, 3), (next.Status("imports").Total, next.Status("imports").Bad));
    }

    private Task TickAsync(ObjectiveNode node)
    {
        _time.Advance(SeriesHub.Tick);
        return node.TickAsync();
    }

    private async Task<TestAdmin> StartAsync()
    {
        var admin = await TestAdmin.StartAsync(database, _time, new OnlyPushes());
        var source = admin.Services.GetRequiredService<PushedSource>();
        source.Use([source.Bind(new IndicatorQuestion(Sli(), null, null, Tidegate.Core.Resources.ConfigDocument.Empty))], Tidegate.Core.Resources.ConfigDocument.Empty);
        return admin;
    }

    private static Tidegate.Core.Resources.OpenSlo.Slis.SliConfig Sli() => ObjectiveNode.Read("""
        apiVersion: openslo/v1
        kind: SLI
        metadata: {name: imports}
        spec: {ratioMetric: {rawType: success, raw: {metricSource: {type: events, spec: {name: imports}}}}}
        """).OfKind<Tidegate.Core.Resources.OpenSlo.Slis.SliConfig>().Single().Spec;

    private static async Task<Tally> ReadAsync(TestAdmin admin) =>
        (await admin.Services.GetRequiredService<SeriesStore>().ReadAsync("events:imports", Start.AddDays(-9), Start.AddDays(-9), Cancel)).Aggregate(Tally.None, (sum, d) => sum + d.Events);

    private static async Task<(int Status, long Events, bool Again)> PushAsync(HttpClient client, string key, string json)
    {
        var (status, body, _) = await client.CallAsync(HttpMethod.Post, "indicators/events", json, ("Idempotency-Key", key));
        return status == 200 ? (status, body!["events"]!.GetValue<long>(), body["again"]!.GetValue<bool>()) : (status, 0, false);
    }

    private sealed class OnlyPushes : Module
    {
        public override string Name => IndicatorsModule.Word;

        public override IReadOnlyList<Permission> Permissions => [IndicatorsModule.Push];

        public override void Register(IServiceCollection services, ProcessOptions options) =>
            services.AddSingleton(_ => new SeriesHub(new SeriesBook(() => 1))).AddSingleton<SeriesStore>().AddSingleton<PushedSource>().AddSingleton<PushStore>();

        public override void Map(IEndpointRouteBuilder api) => PushEndpoints.Map(api);
    }
}
