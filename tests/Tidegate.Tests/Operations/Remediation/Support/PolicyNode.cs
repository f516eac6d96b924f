using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Actions;
using Tidegate.Core.Resources.Reading;
using Tidegate.Insight.CallLog;
using Tidegate.Insight.Incidents;
using Tidegate.Insight.Notifications;
using Tidegate.Insight.Notifications.Outbox;
using Tidegate.Insight.Notifications.Routing;
using Tidegate.Insight.PostMortems;
using Tidegate.Operations.Delivery;
using Tidegate.Operations.Remediation;
using Tidegate.Operations.Remediation.Acting;
using Tidegate.Operations.Remediation.Levels;
using Tidegate.Operations.Remediation.Rows;
using Tidegate.Operations.Remediation.Traffic;
using Tidegate.Platform.ConfigStore;
using Tidegate.Platform.Events;
using Tidegate.Tests.Insight.Incidents;
using Tidegate.Tests.Platform.ConfigStore;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Operations.Remediation.Support;

/// <summary>A node that judges objectives and acts on their budgets, on a real database; only the clock is ours. Dropped without a word, it is a node that was killed.</summary>
internal sealed class PolicyNode : IAsyncDisposable
{
    /// <summary>A route with a split over two services, an objective of 99 % for it, and a target.</summary>
    public const string Shop = IncidentNode.Orders + """
        ---
        apiVersion: tidegate/v1
        kind: Service
        metadata: {name: orders-next}
        spec: {destinations: [{address: "http://127.0.0.1:9"}]}
        ---
        apiVersion: tidegate/v1
        kind: Route
        metadata: {name: shop}
        spec: {match: {path: /shop}, split: [{service: orders, weight: 80}, {service: orders-next, weight: 20}]}
        ---
        apiVersion: tidegate/v1
        kind: NotificationTarget
        metadata: {name: on-call}
        spec: {channel: {type: webhook, url: "http://127.0.0.1:9/hook"}, severities: [page]}

        """;

    private readonly FakeTimeProvider _time;
    private readonly IncidentNode _incidents;
    private readonly IDisposable _bridge;
    private readonly PolicyEngine _engine;
    private bool _fails;

    private PolicyNode(IncidentNode incidents, ConfigNode config, FakeTimeProvider time)
    {
        (_incidents, _time, Config) = (incidents, time, config);
        var store = incidents.Objectives.Store;
        _bridge = config.Publisher.Subscribe(c => incidents.Objectives.Source.Apply(c.Document));
        Freezes = new Freezes(store, incidents.Audit, incidents.Events, time);
        Notifications = new NotificationStore(store, null!, new OutboxSignal(), time);
        var desk = new NotificationDesk(new AlertRouter(store, config.Publisher, time), new OutboxSignal());
        Rules = new RuleStore(store, incidents.Events);
        var readings = new BudgetReadings(incidents.Reader, incidents.Store, time);
        var planning = new OverlayPlanning([new SplitPlanner(), new ShedPlanner(), new FallbackPlanner(), new HedgingOffPlanner(), new ShadowOffPlanner(), new StalePlanner(), new TightenPlanner(incidents.Reader)]);
        var actor = new RuleActor(
            Rules, new OverlayAct(planning, config.Overlays),
            [new NotifyAct(desk), new IncidentAct(incidents.Store, incidents.Reader, incidents.Objectives.Alerts), new PostMortemAct(incidents.PostMortems), new DyingAct(new FreezeAct(Freezes), () => _fails)], desk);
        Health = new PolicyHealth();
        _engine = new PolicyEngine(Rules, readings, incidents.Reader, actor, config.Publisher, Health, time, NullLogger<PolicyEngine>.Instance);
        Reader = new PolicyReader(Rules, readings, actor, config.Overlays, config.Audit, config.Publisher, time);
    }

    public ConfigNode Config { get; }

    public OverlayStore Overlays => Config.Overlays;

    public EventLog Events => _incidents.Events;

    public IncidentStore Incidents => _incidents.Store;

    public PostMortemStore PostMortems => _incidents.PostMortems;

    public Freezes Freezes { get; }

    public NotificationStore Notifications { get; }

    public RuleStore Rules { get; }

    public PolicyHealth Health { get; }

    public PolicyReader Reader { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A node with documents; without any, one that goes on with what is in the database. With a call log it knows who fails; shared, it has others beside it.</summary>
    public static async Task<PolicyNode> StartAsync(TestDatabase database, FakeTimeProvider time, string? documents = null, CallStore? calls = null, bool isShared = false)
    {
        var incidents = await IncidentNode.StartAsync(database, time, calls: calls, isShared: isShared);
        var node = new PolicyNode(incidents, new ConfigNode(incidents.Objectives.Store, database.Directory.Path, time), time);
        await node.Config.Publisher.LoadAsync(Cancel);
        if (documents is not null) await node.ApplyAsync(documents);
        await node.RunAsync(TimeSpan.FromSeconds(10), 0);
        return node;
    }

    /// <summary>Makes documents the configuration.</summary>
    public Task ApplyAsync(string documents) =>
        Config.Revisions.ApplyAsync(new Candidate { Texts = [new SourceText("policy.yaml", documents)], Message = "test" }, ConfigNode.Ada, Cancel);

    /// <summary>Calls for a time, a share of them failed; policies look after every tick.</summary>
    public async Task RunAsync(TimeSpan length, double errors, int perTick = 100)
    {
        for (var end = _time.GetUtcNow() + length; _time.GetUtcNow() < end;)
        {
            await _incidents.Objectives.CallsAsync(TimeSpan.FromSeconds(10), perTick, errors);
            await LookAsync();
        }
    }

    /// <summary>Calls for ten seconds, a share of them failed, and a tick; policies do not look.</summary>
    public Task CallsAsync(double errors) => _incidents.Objectives.CallsAsync(TimeSpan.FromSeconds(10), 100, errors);

    /// <summary>Policies look once.</summary>
    public async Task LookAsync()
    {
        // An overlay whose end the clock has just passed is taken out of what is in force on another thread: not after they look, or they find that all is so already.
        await Config.Publisher.Take(Config.Publisher.Current!.Keys);
        await _engine.RunAsync(Cancel);
    }

    /// <summary>Whether this node acts.</summary>
    public Task<bool> LeadsAsync() => _incidents.Reader.LeadsAsync(Cancel);

    /// <summary>From now on the process dies right after it has frozen releases: before it could write that down.</summary>
    public void DieAfterFreezing() => _fails = true;

    /// <summary>What those who were told of a rule are told of its end.</summary>
    public async Task<string> EndReasonAsync() =>
        (await _incidents.Objectives.Store.ReadAsync((db, inner) => db.Set<OutboxRow>().Where(r => r.Kind == "resolved").ToListAsync(inner), Cancel)).Single().ToNotice().EndReason!;

    /// <summary>Types of events of policies, oldest first.</summary>
    public async Task<IReadOnlyList<string>> ToldAsync() => [.. (await Events.ListAsync(new EventQuery { Subject = "policy/*", Limit = 500 }, Cancel)).Reverse().Select(e => e.Type["remediation.".Length..])];

    /// <summary>The only rule of the only policy.</summary>
    public async Task<RuleStatus> RuleAsync() => Assert.Single(Assert.Single(await Reader.ListAsync(Cancel)).Rules);

    /// <summary>Weights of the route's split that are in force.</summary>
    public IEnumerable<string> Split() =>
        ((Tidegate.Core.Resources.Resource<Tidegate.Core.Resources.Routes.RouteConfig>)Config.Publisher.Current!.Document.Find("Route/shop")!).Spec.Split.Select(b => $"{b.Service} {b.Weight}");

    public async ValueTask DisposeAsync()
    {
        _bridge.Dispose();
        await _incidents.DisposeAsync();
    }

    /// <summary>An act whose process dies when it is done.</summary>
    private sealed class DyingAct(IRuleAct act, Func<bool> dies) : IRuleAct
    {
        public Type Settings => act.Settings;

        public string Word => act.Word;

        public string Text(BudgetActionConfig action, Decision decision) => act.Text(action, decision);

        public async Task<IReadOnlyList<string>> ActAsync(BudgetActionConfig action, Decision decision, CancellationToken cancel)
        {
            var made = await act.ActAsync(action, decision, cancel);
            return dies() ? throw new InvalidOperationException("the power is gone") : made;
        }

        public Task<bool> RevertAsync(PolicyAction done, RuleState state, DateTimeOffset now, CancellationToken cancel) => act.RevertAsync(done, state, now, cancel);
    }
}
