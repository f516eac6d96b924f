using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Calls;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Budgets;
using Tidegate.Core.Resources.Consumers;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Providers;
using Tidegate.Core.Resources.Routes;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models.Budgets;

/// <summary>Budgets: semantics 2.10. <see cref="Ask10"/> is estimated at 19 tokens in and asks for 10 out.</summary>
public sealed class BudgetTests
{
    private const string Ask10 = """{"model":"fast","max_tokens":10,"messages":[{"role":"user","content":"hi"}]}""";
    private const string Stream10 = """{"model":"fast","max_tokens":10,"stream":true,"messages":[{"role":"user","content":"hi"}]}""";

    [Fact]
    public async Task Semantics2_10_BudgetWithoutRoom_RefusesBeforeTheProviderIsAsked()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("here", input: 70, output: 10));
        await using var gateway = await StartAsync(Day(tokens: 100), upstream);

        Assert.Equal(200, (await gateway.AskAsync(Ask10)).Status);
        await gateway.Calls.NextAsync();
        using var refused = await gateway.PostAsync(Ask10);

        Assert.Equal((429, 1), ((int)refused.StatusCode, upstream.Calls));
        Assert.Equal("1800", refused.Headers.GetValues("Retry-After").Single()); // 23:30
        Assert.Equal("false", refused.Headers.GetValues("x-should-retry").Single());
        var error = JsonNode.Parse(await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["error"]!;
        Assert.Equal("rate_limit_exceeded", error["code"]!.GetValue<string>());
        var record = await gateway.Calls.NextAsync();
        Assert.Equal(
            $"The budget 'b' has no room for this call: 20 of 100 tokens are left, and this call may need 29. It starts over at 2026-11-23T00:00:00Z. (policy budget:b, call {record.Id:N})",
            error["message"]!.GetValue<string>());
        Assert.Equal((CallOutcome.RateLimited, 0, "budget:b: budget_exceeded"), (record.Outcome, record.AttemptCount, record.Why));
    }

    [Theory]
    [InlineData("/v1/messages", """{"model":"fast","max_tokens":10,"messages":[{"role":"user","content":"hi"}]}""", "rate_limit_error")]
    [InlineData("/v1beta/models/fast:generateContent", """{"contents":[{"parts":[{"text":"hi"}]}],"generationConfig":{"maxOutputTokens":10}}""", "RESOURCE_EXHAUSTED")]
    [InlineData("/api/chat", """{"model":"fast","options":{"num_predict":10},"messages":[{"role":"user","content":"hi"}]}""", "no room")]
    public async Task Semantics2_10_Refusals_AreToldInTheCallersFormat(string path, string body, string expected)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("no"));
        await using var gateway = await StartAsync(Day(tokens: 5), upstream);

        var (status, answer) = await gateway.AskAsync(body, path);

        Assert.Equal((429, 0), (status, upstream.Calls));
        Assert.Contains(expected, answer, StringComparison.Ordinal);
        Assert.Contains("more than the whole budget", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Semantics2_10_Answer_IsSettledWithWhatWasReallyUsed()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("here", input: 7, output: 3));
        await using var gateway = await StartAsync(Day(tokens: 100, cost: "1.00 USD"), upstream);

        Assert.Equal(200, (await gateway.AskAsync(Stream10)).Status);
        await gateway.Calls.NextAsync();

        var budget = Only(gateway);
        Assert.Equal(new BudgetTokens(100, 10, 0, 90), budget.Tokens);
        Assert.Equal(new BudgetMoney("USD", 1m, 0.0000475m, 0, 0.9999525m), budget.Cost);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(503)]
    public async Task Semantics2_10_Failures_GiveBackWhatWasReserved(int status)
    {
        await using var upstream = await ChatUpstream.StartAsync(Fails(status));
        await using var other = await ChatUpstream.StartAsync(Fails(status));
        await using var gateway = await StartAsync(Day(tokens: 100, cost: "1.00 USD"), m => m with { MaxAttempts = 2 }, upstream, other); // a third one would wait, and this clock stands

        Assert.Equal(status, (await gateway.AskAsync(Ask10)).Status);
        await gateway.Calls.NextAsync();

        var budget = Only(gateway);
        Assert.Equal((new BudgetTokens(100, 0, 0, 100), 1m, 0L), (budget.Tokens, budget.Cost!.Left, budget.UnknownCost));
    }

    [Fact]
    public async Task Semantics2_10_CallUnderWay_HoldsWhatItMayNeed()
    {
        await using var upstream = await ChatUpstream.StartAsync(Streams(Role, Content("Hello, world!"), Gate, Stop, Usage(7, 4), Done), Says("second"));
        await using var gateway = await StartAsync(Day(tokens: 50), upstream);

        using var first = await gateway.PostAsync(Stream10);
        Assert.Equal(32, Only(gateway).Tokens!.Reserved);
        Assert.Equal(429, (await gateway.AskAsync(Ask10)).Status);
        upstream.Seen.SetResult();
        await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        await gateway.Calls.WaitForAsync(2);

        Assert.Equal(new BudgetTokens(50, 11, 0, 39), Only(gateway).Tokens);
        Assert.Equal(200, (await gateway.AskAsync(Ask10)).Status);
    }

    [Fact]
    public async Task Semantics2_10_StreamCancelledInTheMiddle_SettlesWhatWasDelivered()
    {
        await using var upstream = await ChatUpstream.StartAsync(Streams(Role, Content("Hello, world!"), Silence));
        await using var gateway = await StartAsync(Day(tokens: 100, cost: "1.00 USD"), upstream);

        var answer = await gateway.PostAsync(Stream10);
        await using (var body = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)) _ = await body.ReadAsync(new byte[16], TestContext.Current.CancellationToken);
        answer.Dispose();
        var record = await gateway.Calls.NextAsync();

        var budget = Only(gateway);
        Assert.Equal(CallOutcome.ClientCancelled, record.Outcome);
        Assert.True(record.Use!.OutputTokens > 0);
        Assert.Equal((record.Use.InputTokens + record.Use.OutputTokens, 0L, record.Use.Cost), (budget.Tokens!.Used, budget.Tokens.Reserved, budget.Cost!.Used));
    }

    [Fact]
    public async Task Semantics2_10_Retries_CountOncePerAttemptThatCostSomething()
    {
        var time = Evening();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var free = await ChatUpstream.StartAsync(Fails(500));
        await using var silent = await ChatUpstream.StartAsync(Silent(asked));
        await using var good = await ChatUpstream.StartAsync(Says("here", input: 7, output: 3));
        await using var gateway = await StartAsync(Day(tokens: 100, cost: "1.00 USD"), m => m, time, null, free, silent, good);

        var answer = gateway.AskAsync(Stream10);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(200, (await answer).Status);
        var record = await gateway.Calls.NextAsync();

        // What the silent one had read is billed: 5 tokens.
        Assert.Equal([0m, 0.0000125m, 0.0000475m], Enumerable.Range(0, 3).Select(i => record.Attempt(i).Use!.Cost));
        Assert.Equal((new BudgetTokens(100, 15, 0, 85), 0.00006m), (Only(gateway).Tokens, Only(gateway).Cost!.Used));
    }

    [Fact]
    public async Task Semantics2_10_RetryWithoutRoom_IsNotMade_AndTheErrorStands()
    {
        var time = Evening();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var silent = await ChatUpstream.StartAsync(Silent(asked));
        await using var good = await ChatUpstream.StartAsync(Says("no"));
        await using var gateway = await StartAsync(Day(tokens: 35), m => m, time, null, silent, good);

        var answer = gateway.AskAsync(Stream10);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal((504, 0), ((await answer).Status, good.Calls));
        Assert.Contains("budget:b: no room for a retry", (await gateway.Calls.NextAsync()).Why, StringComparison.Ordinal);
        Assert.Equal(new BudgetTokens(35, 5, 0, 30), Only(gateway).Tokens);
    }

    [Fact]
    public async Task Semantics2_10_FallbackWithoutRoom_IsPassedOver()
    {
        await using var first = await ChatUpstream.StartAsync(Fails(503));
        await using var dear = await ChatUpstream.StartAsync(Says("no"));
        await using var cheap = await ChatUpstream.StartAsync(Says("cheap"));
        var document = Document(m => m with { MaxAttempts = 1, Fallbacks = new FallbacksConfig { Errors = ["dear", "cheap"] } }, Provider("p1", first.Address));
        await using var gateway = await TestGateway.StartAsync(Config.Document([.. document.Resources, Provider("p2", dear.Address), Provider("p3", cheap.Address),
            Model("dear", new ModelConfig { Targets = [new TargetConfig { Provider = "p2", Model = "m" }] }), Model("cheap", new ModelConfig { Targets = [new TargetConfig { Provider = "p3", Model = "m" }] }),
            Budget("b", new BudgetConfig { Window = BudgetWindow.Day, Tokens = 5, For = new BudgetScopeConfig { Models = ["dear"] } })]));

        var (status, body) = await gateway.AskAsync(Ask10);

        Assert.Equal((200, 0), (status, dear.Calls));
        Assert.Contains("cheap", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MinutesBudget_WithoutRoom_MayBeTriedAgainByTheSdk()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("no"));
        await using var gateway = await StartAsync(new BudgetConfig { Window = BudgetWindow.Minute, Tokens = 5 }, upstream);

        using var refused = await gateway.PostAsync(Ask10);

        Assert.Equal((429, "60"), ((int)refused.StatusCode, refused.Headers.GetValues("Retry-After").Single()));
        Assert.False(refused.Headers.Contains("x-should-retry"));
    }

    [Fact]
    public async Task CachedAnswers_AreFree_AndPassWithoutRoom()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("here", input: 50, output: 5));
        await using var gateway = await StartAsync(Day(tokens: 60), m => m with { Cache = new AnswerCacheConfig { Ttl = TimeSpan.FromMinutes(1) } }, upstream);
        const string Fixed = """{"model":"fast","max_tokens":10,"temperature":0,"messages":[{"role":"user","content":"hi"}]}""";

        Assert.Equal(200, (await gateway.AskAsync(Fixed)).Status);
        await gateway.Calls.NextAsync();

        Assert.Equal((200, 429), ((await gateway.AskAsync(Fixed)).Status, (await gateway.AskAsync(Ask10)).Status));
        Assert.Equal((1, 55L), (upstream.Calls, Only(gateway).Tokens!.Used));
    }

    [Fact]
    public async Task Money_WithoutRoom_IsRefusedByTheEstimatedCost()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("here", input: 7, output: 3));
        await using var gateway = await StartAsync(Day(cost: "0.00016 USD"), upstream); // 19 x 2.5 + 10 x 10 = 147.5 millionths, then 47.5 are used

        Assert.Equal(200, (await gateway.AskAsync(Ask10)).Status);
        await gateway.Calls.NextAsync();
        var (status, body) = await gateway.AskAsync(Ask10);

        Assert.Equal((429, 1), (status, upstream.Calls));
        Assert.Contains("0.0001125 USD of 0.00016 USD are left, and this call may cost 0.0001475 USD", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Money_UnknownPrice_IsCountedAsUnknown_AndTokensCount()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("here", input: 7, output: 3));
        await using var gateway = await StartAsync(Day(tokens: 100, cost: "1.00 EUR"), upstream);

        Assert.Equal(200, (await gateway.AskAsync(Ask10)).Status);
        await gateway.Calls.NextAsync();

        var budget = Only(gateway);
        Assert.Equal((10L, 0m, 1L), (budget.Tokens!.Used, budget.Cost!.Used, budget.UnknownCost));
    }

    [Fact]
    public async Task Money_UnknownPriceRefused_NeverReachesTheProvider()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("no"));
        await using var gateway = await StartAsync(Day(cost: "1.00 EUR") with { UnknownPrice = UnknownPrice.Refuse }, upstream);

        var (status, body) = await gateway.AskAsync(Ask10);

        Assert.Equal((403, 0), (status, upstream.Calls));
        Assert.Contains("not known in EUR", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SoftLimit_IsToldOncePerWindow_AndSoAreRefusals()
    {
        var time = Evening();
        await using var upstream = await ChatUpstream.StartAsync(Says("here", input: 40, output: 5));
        await using var gateway = await StartAsync(Day(tokens: 100), m => m, time, null, upstream);
        using var refusals = new MetricTally(gateway.Get<System.Diagnostics.Metrics.Meter>(), CallMetricNames.BudgetRefusals);

        foreach (var expected in (int[])[200, 200, 429, 429])
        {
            Assert.Equal(expected, (await gateway.AskAsync(Ask10)).Status);
            await gateway.Calls.NextAsync();
        }

        Assert.Equal("Budget 'b' has reached its soft limit of 80%: 90 of 100 tokens are used, 0 held for calls under way. It starts over at 2026-11-23 00:00:00Z",
            Assert.Single(gateway.Given.Log.Lines, l => l.Event == 1911).Message.Replace("80 %", "80%", StringComparison.Ordinal));
        Assert.Single(gateway.Given.Log.Lines, l => l.Event == 1912);
        Assert.Equal(2, refusals.Total);

        time.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal(200, (await gateway.AskAsync(Ask10)).Status);
        await gateway.Calls.NextAsync();
        Assert.Equal((45L, 0L), (Only(gateway).Tokens!.Used, Only(gateway).Refused));
    }

    [Fact]
    public async Task Configuration_Changed_KeepsTheCountsAndTakesTheNewLimit()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("here", input: 40, output: 5));
        await using var gateway = await StartAsync(Day(tokens: 100), upstream);
        Assert.Equal(200, (await gateway.AskAsync(Ask10)).Status);
        await gateway.Calls.NextAsync();

        gateway.Apply(With(upstream, Budget("b", Day(tokens: 60))));
        Assert.Equal(429, (await gateway.AskAsync(Ask10)).Status);
        gateway.Apply(With(upstream));
        Assert.Equal(200, (await gateway.AskAsync(Ask10)).Status);
        gateway.Apply(With(upstream, Budget("b", Day(tokens: 1000))));

        Assert.Equal(45, Only(gateway).Tokens!.Used);
    }

    [Fact]
    public async Task Restart_GoesOnWithTheCounts()
    {
        var store = new MemoryStore();
        var time = Evening();
        await using var upstream = await ChatUpstream.StartAsync(Says("here", input: 40, output: 5));
        await using (var before = await StartAsync(Day(tokens: 60, cost: "1.00 USD"), m => m, time, store, upstream))
        {
            Assert.Equal(200, (await before.AskAsync(Ask10)).Status);
            await before.Calls.NextAsync();
        }

        await using var after = await StartAsync(Day(tokens: 60, cost: "1.00 USD"), m => m, time, store, upstream);

        Assert.Equal((45L, 0.00015m), (Only(after).Tokens!.Used, Only(after).Cost!.Used));
        Assert.Equal((429, 1), ((await after.AskAsync(Ask10)).Status, upstream.Calls));
    }

    [Fact]
    public async Task Keeper_WritesWhileRunning_WhenThereIsSomethingNew()
    {
        var store = new MemoryStore();
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
        await using var upstream = await ChatUpstream.StartAsync(Says("here", input: 40, output: 5));
        await using var gateway = await StartAsync(Day(tokens: 1000), m => m, time, store, upstream);

        Assert.Equal(200, (await gateway.AskAsync(Ask10)).Status);
        await gateway.Calls.NextAsync();
        time.Advance(TimeSpan.FromSeconds(11));

        await store.Written.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Equal(45, Assert.Single(store.Load()).Tokens);
    }

    [Theory]
    [InlineData("all", 429, 429)]
    [InlineData("consumer", 429, 200)]
    [InlineData("team", 429, 200)]
    [InlineData("key", 429, 200)]
    [InlineData("model", 429, 429)]
    public async Task Each_HasACountOfItsOwn(string each, int same, int other)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("here", input: 40, output: 5));
        await using var gateway = await StartKeyedAsync(Day(tokens: 60) with { Each = Enum.Parse<BudgetEach>(each, ignoreCase: true) }, upstream);

        Assert.Equal(200, await AskAsAsync(gateway, "key-ada"));
        await gateway.Calls.NextAsync();

        Assert.Equal((same, other), (await AskAsAsync(gateway, "key-ada"), await AskAsAsync(gateway, "key-bob")));
    }

    [Theory]
    [MemberData(nameof(Scopes))]
    public async Task Scope_TellsWhichCallsCount(BudgetScopeConfig scope, int ada, int bob)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("here"));
        await using var gateway = await StartKeyedAsync(Day(tokens: 5) with { For = scope }, upstream);

        Assert.Equal((ada, bob), (await AskAsAsync(gateway, "key-ada", "batch, nightly"), await AskAsAsync(gateway, "key-bob")));
    }

    public static TheoryData<BudgetScopeConfig, int, int> Scopes => new()
    {
        { new BudgetScopeConfig(), 429, 429 },
        { new BudgetScopeConfig { Consumers = ["ada"] }, 429, 200 },
        { new BudgetScopeConfig { Teams = ["blue"] }, 429, 200 },
        { new BudgetScopeConfig { Keys = ["k-ada"] }, 429, 200 },
        { new BudgetScopeConfig { Tags = ["nightly"] }, 429, 200 },
        { new BudgetScopeConfig { Models = ["fast"], Routes = ["models"] }, 429, 429 },
        { new BudgetScopeConfig { Consumers = ["ada"], Teams = ["red"] }, 200, 200 },
    };

    private static BudgetStatus Only(TestGateway gateway) => Assert.Single(gateway.Get<IBudgetStatus>().Budgets);

    private static FakeTimeProvider Evening() => new(new DateTimeOffset(2026, 11, 22, 23, 30, 0, TimeSpan.Zero));

    private static Func<HttpContext, Task> Silent(TaskCompletionSource asked) => async context =>
    {
        asked.TrySetResult();
        await Task.Delay(Timeout.Infinite, context.RequestAborted);
    };

    private static BudgetConfig Day(long tokens = 0, string? cost = null) => new() { Window = BudgetWindow.Day, Tokens = tokens, Cost = cost };

    private static Resource<BudgetConfig> Budget(string name, BudgetConfig spec) => Make("Budget", name, spec);

    private static Resource<TSpec> Make<TSpec>(string kind, string name, TSpec spec)
        where TSpec : class => new() { ApiVersion = "tidegate/v1", Kind = kind, Metadata = new ResourceMetadata { Name = name }, Spec = spec };

    private static Task<TestGateway> StartAsync(BudgetConfig budget, params ChatUpstream[] upstreams) => StartAsync(budget, m => m, upstreams);

    private static Task<TestGateway> StartAsync(BudgetConfig budget, Func<ModelConfig, ModelConfig> change, params ChatUpstream[] upstreams) =>
        StartAsync(budget, change, Evening(), null, upstreams);

    private static Task<TestGateway> StartAsync(BudgetConfig budget, Func<ModelConfig, ModelConfig> change, TimeProvider time, IBudgetStore? store, params ChatUpstream[] upstreams)
    {
        var setup = new TestGateway.Setup { Time = time };
        if (store is not null) setup.Services = services => services.AddSingleton(store);
        var document = Document(change, [.. upstreams.Select((u, i) => Priced($"p{i + 1}", u))]);
        return TestGateway.StartAsync(setup, Config.Document([.. document.Resources, Budget("b", budget)]));
    }

    private static ConfigDocument With(ChatUpstream upstream, params Resource[] more) => Config.Document([.. Document(m => m, Priced("p1", upstream)).Resources, .. more]);

    private static Task<TestGateway> StartKeyedAsync(BudgetConfig budget, ChatUpstream upstream) => TestGateway.StartAsync(
        Config.Document(
            Provider("p1", upstream.Address), Model("fast", new ModelConfig { Targets = [new TargetConfig { Provider = "p1", Model = "m" }] }),
            Config.Route("models", new RouteConfig { Models = new ModelsConfig() }), Budget("b", budget),
            Config.Consumer("ada", new ConsumerConfig { Team = "blue" }), Config.Consumer("bob", new ConsumerConfig { Team = "red" })),
        Config.Key("k-ada", "ada", "key-ada"), Config.Key("k-bob", "bob", "key-bob"));

    private static async Task<int> AskAsAsync(TestGateway gateway, string key, string? tags = null)
    {
        using var answer = await gateway.SendAsync(HttpMethod.Post, "/v1/chat/completions", h =>
        {
            h.TryAddWithoutValidation("Authorization", $"Bearer {key}");
            if (tags is not null) h.TryAddWithoutValidation("X-Tidegate-Tags", tags);
        }, new StringContent(Ask10, System.Text.Encoding.UTF8, "application/json"));
        return (int)answer.StatusCode;
    }

    private static Resource<ProviderConfig> Priced(string name, ChatUpstream upstream) => Make("Provider", name, Provider(name, upstream.Address).Spec with
    {
        Models = [new ProviderModelConfig { Name = $"m-{name}", Price = new ModelPriceConfig { InputPerMillion = 2.50m, OutputPerMillion = 10m } }],
    });

    private sealed class MemoryStore : IBudgetStore
    {
        private IReadOnlyList<SavedBudget> _saved = [];

        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IReadOnlyList<SavedBudget> Load() => _saved;

        public bool Save(IReadOnlyList<SavedBudget> counts)
        {
            _saved = counts;
            Written.TrySetResult();
            return true;
        }
    }
}
