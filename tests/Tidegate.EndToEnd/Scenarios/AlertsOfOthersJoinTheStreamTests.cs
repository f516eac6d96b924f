using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Tidegate.EndToEnd.Support;
using Tidegate.EndToEnd.Support.Peers;
using Tidegate.EndToEnd.Support.Tools;
using Tidegate.Tests.Support;

namespace Tidegate.EndToEnd.Scenarios;

/// <summary>A real Prometheus and a real Alertmanager tell Tidegate of their alerts, in every way they can, and are told of Tidegate's; nothing goes round in circles.</summary>
public sealed class AlertsOfOthersJoinTheStreamTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(40);

    [Fact]
    public async Task Prometheus_WithTidegateAsItsAlertmanager_PagesAndEnds()
    {
        ExternalTool.Prometheus.Require();
        await using var people = await People.StartAsync();
        await using var node = await NodeAsync(people.Target);
        await using var prometheus = await PrometheusPeer.StartAsync(node.Process.Admin, await node.TokenAsync(), Rules("vector(1)"));

        await people.HearAsync("PAGE: shop: CheckoutFails");
        var alert = Assert.Single(await node.AlertsAsync());
        Assert.Equal(("alertmanager", "1 checkouts fail"), ((string)alert["origin"]!, (string)alert["summary"]!));
        Assert.Contains("g0.expr=vector", (string)alert["link"]!, StringComparison.Ordinal);

        // It tells the same again and again, and people hear it once.
        await Eventually.IsTrueAsync(async () => await node.CountAsync("origin=\"alertmanager\",result=\"again\"") > 0, Soon, "Prometheus tells it again");

        await prometheus.UseAsync(Rules("vector(1) > 2"));
        await people.HearAsync("Ended: shop: CheckoutFails");
        Assert.Empty(await node.AlertsAsync());
        Assert.Equal(2, people.Heard.Count);
        await node.Process.StopAsync();
    }

    [Fact]
    public async Task Alertmanager_ByWebhookAndAsToPagerDuty_PagesAndEnds()
    {
        ExternalTool.Alertmanager.Require();
        await using var people = await People.StartAsync();
        await using var node = await NodeAsync(people.Target);
        var token = await node.TokenAsync();
        await using var alertmanager = await AlertmanagerPeer.StartAsync($$"""
            global: { pagerduty_url: "{{node.Process.Admin}}v2/enqueue" }
            route:
              receiver: by-webhook
              group_by: [ alertname ]
              group_wait: 0s
              group_interval: 1s
              routes: [ { receiver: as-to-pagerduty, matchers: [ 'way="pagerduty"' ] } ]
            receivers:
              - name: by-webhook
                webhook_configs: [ { url: "{{node.Process.Admin}}api/v1/inbound/alertmanager", http_config: { basic_auth: { username: alertmanager, password: "{{token}}" } } } ]
              - name: as-to-pagerduty
                pagerduty_configs: [ { routing_key: "{{token}}" } ]
            """);
        JsonArray Alerts(DateTimeOffset ends) =>
        [
            Told("DiskFull", ends, ("service", "db"), ("severity", "critical")), Told("QueueLong", ends, ("service", "mail"), ("way", "pagerduty")),
        ];

        await alertmanager.TellAsync(Alerts(TimeProvider.System.GetUtcNow().AddHours(1)));
        await people.HearAsync("PAGE: db: DiskFull");
        await people.HearAsync("PAGE: [FIRING:1] QueueLong");
        var alerts = await node.AlertsAsync();
        Assert.Equal(["pagerduty mail", "webhook db"], alerts.Select(a => $"{a["origin"]} {a["service"]}").Order(StringComparer.Ordinal));

        await alertmanager.TellAsync(Alerts(TimeProvider.System.GetUtcNow()));
        await people.HearAsync("Ended: db: DiskFull");
        await people.HearAsync("Ended: [FIRING:1] QueueLong");
        Assert.Empty(await node.AlertsAsync());
        await node.Process.StopAsync();
    }

    [Fact]
    public async Task Tidegate_TellsAnAlertmanagerThatTellsItAgain_PagesOnce()
    {
        ExternalTool.Alertmanager.Require();
        await using var people = await People.StartAsync();
        using var config = new ConfigFiles(people.Target);
        await using var node = await NodeAsync(config);
        var token = await node.TokenAsync();
        await using var alertmanager = await AlertmanagerPeer.StartAsync($$"""
            global: { pagerduty_url: "{{node.Process.Admin}}v2/enqueue" }
            route:
              receiver: back
              group_wait: 0s
              group_interval: 1s
            receivers:
              - name: back
                webhook_configs: [ { url: "{{node.Process.Admin}}api/v1/inbound/alertmanager", http_config: { authorization: { credentials: "{{token}}" } } } ]
                pagerduty_configs: [ { routing_key: "{{token}}" } ]
            """);
        config.Write("out.yaml", $$"""
            apiVersion: tidegate/v1
            kind: NotificationTarget
            metadata: { name: alertmanager }
            spec: { channel: { type: alertmanager, urls: [ "{{alertmanager.Address}}" ] } }
            """);
        (await node.Process.CliAsync("apply", config.Path, "-m", "an Alertmanager, too")).Ends();

        // amtool takes Tidegate for an Alertmanager.
        var url = $"--alertmanager.url=http://amtool:{token}@{node.Process.Admin.Authority}";
        (await ExternalTool.Amtool.RunAsync(Soon, "alert", "add", "alertname=CacheCold", "service=shop", "--annotation=summary=cold", url)).Ends();

        await people.HearAsync("PAGE: shop: CacheCold");
        var there = await Eventually.GetAsync(async () => (await alertmanager.AlertsAsync()).FirstOrDefault(), Soon, "Alertmanager has the alert");
        Assert.Equal(("CacheCold", "shop: CacheCold"), ((string)there["labels"]!["alertname"]!, (string)there["annotations"]!["summary"]!));
        await Eventually.IsTrueAsync(
            async () => await node.CountAsync("origin=\"webhook\",result=\"own\"") > 0 && await node.CountAsync("origin=\"pagerduty\",result=\"own\"") > 0, Soon, $"it came back both ways; log:\n{alertmanager.Log}");
        Assert.Equal("alertmanager", (string)Assert.Single(await node.AlertsAsync())["origin"]!);
        Assert.Single(people.Heard);
        await node.Process.StopAsync();
    }

    private static async Task<Node> NodeAsync(string target)
    {
        using var config = new ConfigFiles(target);
        return await NodeAsync(config);
    }

    private static async Task<Node> NodeAsync(ConfigFiles config)
    {
        var data = new TempDirectory();
        return new Node(await TidegateProcess.ServeAsync(new() { Data = data.Path, Config = config.Path }), data);
    }

    private static string Rules(string expression) => $$$"""
        groups:
          - name: tests
            interval: 1s
            rules:
              - alert: CheckoutFails
                expr: {{{expression}}}
                labels: { service: shop, severity: critical }
                annotations: { summary: "{{ $value }} checkouts fail" }
        """;

    private static JsonObject Told(string name, DateTimeOffset ends, params ReadOnlySpan<(string Name, string Value)> more)
    {
        var labels = new JsonObject { ["alertname"] = name };
        foreach (var (label, value) in more) labels[label] = value;
        return new JsonObject { ["labels"] = labels, ["startsAt"] = "2026-01-01T00:00:00Z", ["endsAt"] = ends };
    }

    private sealed record Node(TidegateProcess Process, TempDirectory Data) : IAsyncDisposable
    {
        /// <summary>A token that can do nothing but send alerts.</summary>
        public async Task<string> TokenAsync()
        {
            var (status, body) = await Process.Api.SendAsync(HttpMethod.Post, "tokens", new JsonObject { ["name"] = "alerts", ["role"] = "operator", ["scopes"] = new JsonArray("alerts.write") });
            Assert.Equal(HttpStatusCode.Created, status);
            return (string)body!["secret"]!;
        }

        /// <summary>Alerts that fire, as the command line shows them.</summary>
        public async Task<IReadOnlyList<JsonNode>> AlertsAsync()
        {
            var list = await Process.CliAsync("alerts", "list", "-o", "json");
            return [.. JsonNode.Parse(list.Ends().Output)!.AsArray().Select(a => a!)];
        }

        /// <summary>A count of alerts from outside.</summary>
        public async Task<double> CountAsync(string labels) => (await Process.Api.MetricsAsync()).Split('\n')
            .Where(l => l.StartsWith("tidegate_inbound_alerts_total{", StringComparison.Ordinal) && l.Contains(labels, StringComparison.Ordinal))
            .Sum(l => double.Parse(l[(l.IndexOf("} ", StringComparison.Ordinal) + 2)..].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture));

        public async ValueTask DisposeAsync()
        {
            await Process.DisposeAsync();
            Data.Dispose();
        }
    }

    /// <summary>Whoever is told.</summary>
    private sealed class People(KestrelPeer peer, ConcurrentQueue<string> heard) : IAsyncDisposable
    {
        public ConcurrentQueue<string> Heard { get; } = heard;

        public string Target => $$"""
            apiVersion: tidegate/v1
            kind: NotificationTarget
            metadata: { name: people }
            spec: { channel: { type: webhook, url: "{{peer.Address}}hook" } }
            """;

        public static async Task<People> StartAsync()
        {
            var heard = new ConcurrentQueue<string>();
            return new People(await KestrelPeer.StartAsync(HttpProtocols.Http1, app => app.MapPost("/hook", async (HttpContext context) =>
            {
                heard.Enqueue((string)(await JsonNode.ParseAsync(context.Request.Body))!["data"]!["title"]!);
                return Results.NoContent();
            })), heard);
        }

        public Task HearAsync(string beginning) =>
            Eventually.IsTrueAsync(() => Task.FromResult(Heard.Any(h => h.StartsWith(beginning, StringComparison.Ordinal))), Soon, $"people hear '{beginning}'");

        public ValueTask DisposeAsync() => peer.DisposeAsync();
    }
}
