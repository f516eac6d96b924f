using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Consumers;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies;
using Tidegate.Core.Resources.Routes;
using Tidegate.Core.Resources.Services;
using Tidegate.Operations.Remediation.Traffic;
using Tidegate.Platform.ConfigStore;
using Tidegate.Tests.Platform.ConfigStore;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Operations.Remediation;

/// <summary>What actions change, as it is in force when their overlay is: patches go through the real store and its rules.</summary>
public sealed class TrafficPlannerTests : IAsyncDisposable
{
    private const string Objects = """
        apiVersion: tidegate/v1
        kind: Service
        metadata: {name: orders}
        spec: {destinations: [{address: "http://127.0.0.1:9"}, {address: "http://127.0.0.1:8"}], resilience: {hedging: {delay: 200ms}, deadline: 7s}}
        ---
        apiVersion: tidegate/v1
        kind: Service
        metadata: {name: spare}
        spec: {destinations: [{address: "http://127.0.0.1:9"}]}
        ---
        apiVersion: tidegate/v1
        kind: Route
        metadata: {name: plain}
        spec: {match: {path: /plain}, service: orders, version: v1, shed: [normal], limits: [{name: each, calls: 100, per: 10s, burst: 50}, {by: route, calls: 7}]}
        ---
        apiVersion: tidegate/v1
        kind: Route
        metadata: {name: models}
        spec: {match: {path: "/v1/{**rest}"}, models: {}}
        ---
        apiVersion: tidegate/v1
        kind: Route
        metadata: {name: kept}
        spec: {match: {path: /kept}, split: [{service: orders}, {service: spare}], stale: {keepFor: 5m, serve: never}}
        ---
        apiVersion: tidegate/v1
        kind: Route
        metadata: {name: given}
        spec: {match: {path: /given}, service: spare, stale: {serve: always}}
        ---
        apiVersion: tidegate/v1
        kind: Provider
        metadata: {name: fake}
        spec: {vendor: fake}
        ---
        apiVersion: tidegate/v1
        kind: Model
        metadata: {name: large}
        spec:
          targets: [{provider: fake, model: large}]
          fallbacks: {errors: [small, tiny], contextWindow: [tiny]}
          hedging: {}
          shadow: {provider: fake, model: next, maxCostPerDay: 1.00 USD}
        ---
        apiVersion: tidegate/v1
        kind: Model
        metadata: {name: small}
        spec: {targets: [{provider: fake, model: small, weight: 3}, {provider: fake, model: other}], strategy: weighted}
        ---
        apiVersion: tidegate/v1
        kind: Model
        metadata: {name: tiny}
        spec: {targets: [{provider: fake, model: tiny}]}
        ---
        apiVersion: tidegate/v1
        kind: Consumer
        metadata: {name: greedy}
        spec: {team: a}
        ---
        apiVersion: tidegate/v1
        kind: Consumer
        metadata: {name: limited}
        spec: {limits: [{name: own, calls: 9, per: 1m}, {by: key, algorithm: slidingWindow, calls: 1}]}

        """;

    private static readonly OverlayPlanning Planning = new(
        [new SplitPlanner(), new ShedPlanner(), new FallbackPlanner(), new HedgingOffPlanner(), new ShadowOffPlanner(), new StalePlanner()]);

    private readonly TestDatabase _database = new SqliteTestDatabase();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Actions_OfOneRule_AreOneOverlayThatIsInForceAsMeant()
    {
        var (text, document) = await InForceAsync("""
            - {type: split, route: plain, split: [{service: spare, version: v0}], maxShift: 40}
            - {type: shed, routes: [plain, models], classes: [low]}
            - {type: fallback, models: [large]}
            - {type: hedging_off, services: [orders], models: [large]}
            - {type: shadow_off, models: [large]}
            """);

        var route = Spec<RouteConfig>(document, "Route/plain");
        Assert.Null(route.Service);
        Assert.Equal([("orders", "v1", 60), ("spare", "v0", 40)], route.Split.Select(b => (b.Service, b.Version, b.Weight)));
        Assert.Equal([PriorityClass.Low, PriorityClass.Normal], route.Shed);
        Assert.Equal([PriorityClass.Low], Spec<RouteConfig>(document, "Route/models").Shed);
        var large = Spec<ModelConfig>(document, "Model/large");
        Assert.Equal([("small", 3), ("other", 1)], large.Targets.Select(t => (t.Model, t.Weight)));
        Assert.Equal(TargetStrategy.Weighted, large.Strategy);
        Assert.Equal(["tiny"], large.Fallbacks.Errors);
        Assert.Equal(["tiny"], large.Fallbacks.ContextWindow);
        Assert.Null(large.Hedging);
        Assert.Null(large.Shadow);
        var resilience = Spec<ServiceConfig>(document, "Service/orders").Resilience;
        Assert.Equal((null, TimeSpan.FromSeconds(7)), ((object?)resilience.Hedging, resilience.Deadline));
        Assert.Equal(
            "split of Route/plain: v1 100 % to 60 %, v0 0 % to 40 %; shed low calls of Route/plain, Route/models; Model/large to the targets of Model/small; no hedging of Service/orders, Model/large; no shadow traffic of Model/large",
            text);
    }

    [Theory]
    [InlineData("{type: split, route: plain, split: [{service: orders, version: v1}]}", "It is so already.")]
    [InlineData("{type: split, route: plain, split: [{service: spare}], minShare: 50, maxShift: 1}", "")]
    [InlineData("{type: shed, routes: [plain], classes: [normal]}", "It is so already.")]
    [InlineData("{type: hedging_off, services: [spare], models: [small]}", "None of them hedges. It is so already.")]
    [InlineData("{type: shadow_off, models: [small]}", "None of them sends copies. It is so already.")]
    [InlineData("{type: stale, routes: [given]}", "It is so already.")]
    [InlineData("{type: stale, services: [orders]}", "")]
    public async Task Action_ThatWouldChangeNothing_IsRefusedWithTheReason(string action, string refusal)
    {
        var plan = await PlanAsync($"- {action}", ObjectiveText(Objects));

        Assert.Equal(refusal, string.Join(' ', plan.Refusals));
        Assert.Equal(refusal.Length == 0, plan.Patches.Count > 0);
    }

    [Fact]
    public async Task Stale_OfAService_IsForItsRoutesThatKeepAnswers_AndChangesNothingElseOfThem()
    {
        var (text, document) = await InForceAsync("- {type: stale, services: [orders]}");

        Assert.Equal("old answers of Route/kept where some are kept", text);
        Assert.Equal(new StaleConfig { KeepFor = TimeSpan.FromMinutes(5), Serve = StaleServe.Always }, Spec<RouteConfig>(document, "Route/kept").Stale);
        Assert.Null(Spec<RouteConfig>(document, "Route/plain").Stale);
    }

    [Fact]
    public async Task Stale_OfARouteThatKeepsNoneAnyMore_IsRefusedWithTheReason()
    {
        var gone = ObjectiveText(Objects.Replace(", stale: {keepFor: 5m, serve: never}", "", StringComparison.Ordinal));

        var plan = await PlanAsync("- {type: stale, routes: [kept]}", gone);

        Assert.Equal("None of the routes keeps answers (stale), or the routes are gone.", Assert.Single(plan.Refusals));
    }

    [Fact]
    public async Task Split_OfABranchAtItsLeastShare_IsRefused()
    {
        var halves = ObjectiveText(Objects.Replace("service: orders, version: v1,", "split: [{service: orders, weight: 70}, {service: spare, weight: 30}],", StringComparison.Ordinal));

        var plan = await PlanAsync("- {type: split, route: plain, split: [{service: orders}], minShare: 30}", halves);

        Assert.Equal("Its bounds (maxShift, minShare) leave nothing to shift.", Assert.Single(plan.Refusals));
        Assert.Empty(plan.Patches);
    }

    [Fact]
    public async Task Tighten_TheConsumerThatBurnsMost_HasItsShareOfItsOwnOrTheRoutesLimits()
    {
        var document = ObjectiveText(Objects);
        var action = new Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Actions.TightenActionConfig { Routes = ["plain"], Factor = 0.3 };

        var greedy = TightenPlanner.Plan(action, document, [("greedy", 0.8), ("limited", 0.2)]);
        var limited = TightenPlanner.Plan(action, document, [("limited", 0.5)]);

        Assert.Equal("limits of Consumer/greedy at 30 %: it has 80 % of the bad calls", greedy.Text);
        Assert.Equal("""[{"burst":15,"calls":30,"name":"plain-each","per":"10s"}]""", greedy.Patches["Consumer/greedy"]["spec"]!["limits"]!.ToJsonString());
        Assert.Equal(["own 2", " 1"], await LimitsAsync("limited", limited));
        Assert.Equal(["plain-each 30"], await LimitsAsync("greedy", greedy));
    }

    [Theory]
    [InlineData("greedy", 0.49, "Nobody has 50 % of the bad calls: greedy, with most, have 49 %.")]
    [InlineData("", 0.9, "90 % of the bad calls are anonymous.")]
    [InlineData("stranger", 0.9, "stranger has 90 % of the bad calls, and there is no Consumer/stranger.")]
    public void Tighten_NobodyToTighten_IsRefusedWithTheReason(string consumer, double share, string refusal)
    {
        var action = new Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Actions.TightenActionConfig { Routes = ["plain"] };

        Assert.Equal(refusal, TightenPlanner.Plan(action, ObjectiveText(Objects), [(consumer, share)]).Refusal);
        Assert.Equal("The call log has no bad calls of the objective.", TightenPlanner.Plan(action, ObjectiveText(Objects), []).Refusal);
    }

    private static ConfigDocument ObjectiveText(string documents) => Insight.Objectives.Support.ObjectiveNode.Read(documents);

    private static async Task<OverlayPlan> PlanAsync(string actions, ConfigDocument document)
    {
        var policy = ObjectiveText(Objects + $$"""
            ---
            apiVersion: tidegate/v1
            kind: ErrorBudgetPolicy
            metadata: {name: p}
            spec:
              for: {services: [orders]}
              rules:
                - name: r
                  when: {exhausted: true}
                  actions:
            {{string.Join('\n', actions.Split('\n').Select(l => "        " + l))}}
            """);
        var rule = Spec<ErrorBudgetPolicyConfig>(policy, "ErrorBudgetPolicy/p").Rules[0];
        return (await Planning.PlanAsync(rule, new TrafficQuestion(document, "", default, default), Cancel))!;
    }

    private async Task<(string Text, ConfigDocument Document)> InForceAsync(string actions)
    {
        var node = new ConfigNode(await _database.OpenAsync(), _database.Directory.Path);
        await node.ApplyAsync(Objects);
        var plan = await PlanAsync(actions, node.Publisher.Current!.Document);
        Assert.Empty(plan.Refusals);
        await node.Overlays.CreateAsync(new OverlayRequest { Reason = plan.Text, For = "1h", Patches = plan.Patches }, ConfigNode.Ada, Cancel);
        return (plan.Text, node.Publisher.Current!.Document);
    }

    private async Task<IEnumerable<string>> LimitsAsync(string consumer, TrafficPlan plan)
    {
        var node = new ConfigNode(await _database.OpenAsync(), _database.Directory.Path);
        await node.ApplyAsync(Objects);
        await node.Publisher.LoadAsync(Cancel);
        var patches = plan.Patches.ToDictionary(p => p.Key, p => (System.Text.Json.Nodes.JsonNode?)p.Value);
        await node.Overlays.CreateAsync(new OverlayRequest { Reason = plan.Text, For = "1h", Patches = patches }, ConfigNode.Ada, Cancel);
        return Spec<ConsumerConfig>(node.Publisher.Current!.Document, $"Consumer/{consumer}").Limits.Select(l => $"{l.Name} {l.Calls}");
    }

    private static TSpec Spec<TSpec>(ConfigDocument document, string id)
        where TSpec : class => ((Resource<TSpec>)document.Find(id)!).Spec;
}
