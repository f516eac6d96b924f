using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Insight.Notifications;
using Tidegate.Insight.Notifications.Channels;
using Tidegate.Insight.Notifications.Outbox;
using Tidegate.Insight.Notifications.Routing;
using Tidegate.Insight.Objectives;
using Tidegate.Platform.Events;
using Tidegate.Platform.Storage;
using Tidegate.Tests.Gateway.Support;
using Tidegate.Tests.Insight.Objectives.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Notifications.Support;

/// <summary>The way of an alert to its receivers, on a real database and real sockets; only the clock is ours, and a tick of the sender is asked for.</summary>
internal sealed class NotificationNode : IAsyncDisposable
{
    private readonly OutboxSender _sender;
    private readonly FiringAlerts _firing;
    private readonly ChannelHttp _http;

    private NotificationNode(StateStore store, TestUpstream receiver, FakeTimeProvider time)
    {
        Receiver = receiver;
        receiver.Handler = async context =>
        {
            Got.Enqueue(await Received.OfAsync(context));
            context.Response.StatusCode = Status;
        };
        Time = time;
        Secrets.Values["${env:KEY}"] = "k3y";
        Alerts = new AlertStore(store, new EventLog(store));
        Router = new AlertRouter(store, Config, time);
        _firing = new FiringAlerts(new AlertList(Alerts, []), [Heard]);
        Health = new OutboxHealth();
        Store = new NotificationStore(store, null!, new OutboxSignal(), time);
        _http = new ChannelHttp(Secrets);
        INotificationChannel[] channels =
        [
            new WebhookChannel(_http), new EmailChannel(_http), new SlackChannel(_http), new TeamsChannel(_http), new PagerDutyChannel(_http), new OpsgenieChannel(_http), new AlertmanagerChannel(_http),
        ];
        _sender = new OutboxSender(
            store, new Leases(store, false, time), Router, _firing, channels, Config, new OutboxSignal(), Health, Random, time, NullLogger<OutboxSender>.Instance);
    }

    public TestUpstream Receiver { get; }

    public FakeTimeProvider Time { get; }

    public TestConfigSource Config { get; } = new();

    public TestSecrets Secrets { get; } = new();

    public AlertStore Alerts { get; }

    public AlertRouter Router { get; }

    public OutboxHealth Health { get; }

    /// <summary>What pauses are drawn from.</summary>
    public TestRandom Random { get; } = new();

    /// <summary>Alerts that somebody takes care of.</summary>
    public HeardAlerts Heard { get; } = new();

    public NotificationStore Store { get; }

    /// <summary>What the receiver answers.</summary>
    public int Status { get; set; } = 202;

    public ConcurrentQueue<Received> Got { get; } = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A node with documents; RECEIVER in them is the address of the receiver.</summary>
    public static async Task<NotificationNode> StartAsync(TestDatabase database, string documents)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var node = new NotificationNode(await database.OpenAsync(), await TestUpstream.StartAsync(), time);
        node.Config.Apply(ObjectiveNode.Read(documents.Replace("RECEIVER", node.Receiver.Address.ToString(), StringComparison.Ordinal)));
        return node;
    }

    /// <summary>An alert fires: written down and routed, as the subscriber of events does it.</summary>
    public async Task<Alert> FireAsync(string objective, string service = "orders", AlertSeverity severity = AlertSeverity.Page, string targets = "")
    {
        var now = Time.GetUtcNow();
        var alert = new Alert
        {
            Id = $"alert_{objective}_{severity}", Objective = objective, Slo = objective, Service = service, Severity = severity, FiredAt = now, ImpactStart = now,
            Condition = "14.4x over 1h and 5m", Burn = 20, BudgetLeft = 0.5, Summary = "2 % not good <now>", Runbook = "https://wiki.example/orders", Links = [new AlertLink("dashboard", "https://grafana.example/d/orders")], Targets = targets,
            Evidence = new AlertEvidence { Contributors = [new AlertContributor("version", "v2", 0.97, 0.5, 0)] },
        };
        await Alerts.FireAsync(alert, Cancel);
        await Router.FiringAsync(Tidegate.Insight.Notifications.Texts.Notices.Of(alert), await _firing.ListAsync(Cancel), Cancel);
        return alert;
    }

    /// <summary>An alert fires and is written down; what explains it is still looked for, so nobody was told yet.</summary>
    public async Task<Alert> WriteAsync(string objective, string service = "orders")
    {
        var now = Time.GetUtcNow();
        var alert = new Alert
        {
            Id = $"alert_{objective}", Objective = objective, Slo = objective, Service = service, Severity = AlertSeverity.Page, FiredAt = now, ImpactStart = now,
            Condition = "14.4x over 1h and 5m", Burn = 20, BudgetLeft = 0.5, Summary = "2 % not good",
        };
        await Alerts.FireAsync(alert, Cancel);
        return alert;
    }

    /// <summary>It is explained, and told of.</summary>
    public async Task ExplainAsync(Alert alert)
    {
        var explained = alert with { Evidence = new AlertEvidence { Contributors = [new AlertContributor("version", "v2", 0.97, 0.5, 0)] } };
        await Alerts.AnnounceAsync(explained, Cancel);
        await Router.FiringAsync(Tidegate.Insight.Notifications.Texts.Notices.Of(explained), await _firing.ListAsync(Cancel), Cancel);
    }

    /// <summary>It ends.</summary>
    public async Task ResolveAsync(Alert alert)
    {
        await Alerts.ResolveAsync(alert.Id, Time.GetUtcNow(), Cancel);
        await Router.ResolvedAsync(Tidegate.Insight.Notifications.Texts.Notices.Of(alert with { ResolvedAt = Time.GetUtcNow() }), Cancel);
    }

    /// <summary>Sends what is due after a time.</summary>
    public async Task SendAsync(TimeSpan after = default)
    {
        Time.Advance(after);
        await _sender.RunAsync(Cancel);
    }

    /// <summary>The sender looks by itself from here on.</summary>
    public Task BeginAsync() => _sender.StartAsync(Cancel);

    /// <summary>Lets time pass in steps of a second until so many messages came.</summary>
    public async Task PassUntilAsync(int messages)
    {
        var until = Time.GetUtcNow() + TimeSpan.FromHours(1);
        while (Got.Count < messages)
        {
            Assert.True(Time.GetUtcNow() < until, $"{Got.Count} of {messages} messages came within an hour");
            Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, Cancel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _sender.StopAsync(CancellationToken.None);
        _sender.Dispose();
        _http.Dispose();
        await Receiver.DisposeAsync();
    }

    internal sealed class HeardAlerts : HashSet<string>, IAcknowledgedAlerts
    {
        public Task<IReadOnlySet<string>> ListAsync(CancellationToken cancel) => Task.FromResult<IReadOnlySet<string>>(this);
    }
}
