using System.Security.Cryptography;
using System.Text;
using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Tests.Insight.Notifications.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Notifications;

public sealed class NotificationOnSqliteTests() : NotificationTests(new SqliteTestDatabase());

public sealed class NotificationOnPostgresTests(PostgresServer server) : NotificationTests(new PostgresTestDatabase(server));

public abstract class NotificationTests(TestDatabase database) : IAsyncLifetime
{
    private const string Hook = """
        apiVersion: tidegate/v1
        kind: NotificationTarget
        metadata: {name: hook}
        spec:
          channel: {type: webhook, url: "RECEIVERhook", headers: {X-Team: payments}, signingKey: "${env:KEY}"}
        """;

    private const string Services = """

        ---
        apiVersion: tidegate/v1
        kind: Service
        metadata: {name: orders}
        spec: {destinations: [{address: "http://127.0.0.1:9"}], dependencies: [{service: stock, kind: hard}]}
        ---
        apiVersion: tidegate/v1
        kind: Service
        metadata: {name: stock}
        spec: {destinations: [{address: "http://127.0.0.1:9"}]}
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return database.DisposeAsync();
    }

    [Fact]
    public async Task Webhook_AlertFiresAndEnds_AreSignedCloudEventsWithWhatExplainsIt()
    {
        await using var node = await NotificationNode.StartAsync(database, Hook);
        var alert = await node.FireAsync("orders");
        await node.SendAsync();
        node.Time.Advance(TimeSpan.FromMinutes(7));
        await node.ResolveAsync(alert);
        await node.SendAsync();

        Assert.Equal(2, node.Got.Count);
        var (fired, ended) = (node.Got.First(), node.Got.Last());
        Assert.Equal(("1.0", "tidegate.alert.fired", alert.Id), (fired.Json["specversion"]!.GetValue<string>(), fired.Json["type"]!.GetValue<string>(), fired.Json["subject"]!.GetValue<string>()));
        Assert.Equal("application/cloudevents+json", fired.Headers["Content-Type"]);
        Assert.Equal("payments", fired.Headers["X-Team"]);
        Assert.Equal("PAGE: orders: orders burns its error budget", fired.Json["data"]!["title"]!.GetValue<string>());
        Assert.Equal("page", fired.Json["data"]!["alerts"]![0]!["severity"]!.GetValue<string>());
        Assert.Equal(
            ["alert", "isResolved", "isAcknowledged", "severity", "firedAt", "title", "summary", "evidence", "labels", "runbook", "links"], fired.Json["data"]!["alerts"]![0]!.AsObject().Select(p => p.Key)); // docs/guides/notifications.md
        Assert.Contains("version v2: 97 % of the additional errors", fired.Json["data"]!["body"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("it has ended after 7m.", ended.Json["data"]!["body"]!.GetValue<string>(), StringComparison.Ordinal);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{fired.Headers["webhook-id"]}.{fired.Headers["webhook-timestamp"]}."), .. fired.Bytes];
        Assert.Equal("v1," + Convert.ToBase64String(HMACSHA256.HashData("k3y"u8, signed)), fired.Headers["webhook-signature"]);
    }

    // Between changes it asks the database nothing: what waits must be sent all the same.
    [Fact]
    public async Task Sender_ByItself_TriesAgainWhatWasNotTaken_AndSeesWhatComesLater()
    {
        await using var node = await NotificationNode.StartAsync(database, Hook);
        node.Status = 500;
        await node.FireAsync("orders");
        await node.BeginAsync();
        await node.PassUntilAsync(2);
        node.Status = 202;
        await node.PassUntilAsync(3);
        await node.FireAsync("stock", "stock");
        await node.PassUntilAsync(4);

        var ids = node.Got.Select(g => g.Headers["webhook-id"]).ToList();
        Assert.Equal([ids[0], ids[0], ids[0], ids[3]], ids);
        Assert.NotEqual(ids[0], ids[3]);
    }

    // Whoever is woken reads why: the look at what fires must not be faster than what explains it.
    [Fact]
    public async Task Send_AlertIsNotExplainedYet_WaitsForWhatExplainsIt()
    {
        await using var node = await NotificationNode.StartAsync(database, Hook);
        var alert = await node.WriteAsync("orders");
        await node.SendAsync();
        Assert.Empty(await node.Store.ListAsync(null, null, null, 10, Cancel));

        await node.ExplainAsync(alert);
        await node.SendAsync(TimeSpan.FromSeconds(1));

        var body = Assert.Single(node.Got).Json["data"]!["body"]!.GetValue<string>();
        Assert.Contains("version v2: 97 % of the additional errors", body, StringComparison.Ordinal);
        Assert.EndsWith("Alert: alert_orders, fired 2026-03-02 09:00:00Z", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_ReceiverIsDown_IsTriedAgainUnderTheSameIdAndGivenUpAfterADay()
    {
        await using var node = await NotificationNode.StartAsync(database, Hook.Replace("signingKey", "# ", StringComparison.Ordinal).Replace("# : \"${env:KEY}\"}", "}", StringComparison.Ordinal));
        node.Status = 503;
        await node.FireAsync("orders");
        await node.SendAsync();
        await node.SendAsync(TimeSpan.FromSeconds(1)); // not due yet
        await node.SendAsync(TimeSpan.FromSeconds(5));
        var waiting = Assert.Single(await node.Store.ListAsync(null, null, null, 10, Cancel));
        Assert.Equal(("pending", 2), (waiting.State, waiting.Attempts));
        Assert.Contains("answered 503", waiting.Reason, StringComparison.Ordinal);
        Assert.Single(node.Got.Select(g => g.Json["id"]!.GetValue<string>()).Distinct());

        await node.SendAsync(TimeSpan.FromHours(25));

        Assert.Equal("dead", (await node.Store.ListAsync("dead", null, null, 10, Cancel)).First(n => n.Kind == "fired").State);
        Assert.Contains("given up", Assert.Single(node.Health.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_ReceiverRefusesTheMessage_IsGivenUpAtOnce()
    {
        await using var node = await NotificationNode.StartAsync(database, Hook);
        node.Status = 400;
        await node.FireAsync("orders");
        await node.SendAsync();

        Assert.Equal("dead", Assert.Single(await node.Store.ListAsync(null, null, null, 10, Cancel)).State);
    }

    // semantics 4.2 and the issue: deduplicated, one page per cause.
    [Fact]
    public async Task Fire_FollowsFromAnotherService_IsKeptBackWithTheReasonUntilTheCauseIsOver()
    {
        await using var node = await NotificationNode.StartAsync(database, Hook + Services);
        var cause = await node.FireAsync("stock", "stock");
        await node.FireAsync("orders");
        await node.SendAsync();

        Assert.Single(node.Got);
        var kept = Assert.Single(await node.Store.ListAsync("suppressed", null, null, 10, Cancel));
        Assert.Equal($"follows from {cause.Id}: orders depends on stock", kept.Reason);

        await node.ResolveAsync(cause);
        await node.SendAsync(TimeSpan.FromMinutes(1));
        await node.SendAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(["PAGE: stock", "Ended: stock", "PAGE: orders"], node.Got.Select(g => g.Json["data"]!["title"]!.GetValue<string>().Split(": ")).Select(t => $"{t[0]}: {t[1]}"));
    }

    [Fact]
    public async Task Fire_TicketWhileThePageOfTheSameObjectiveFires_WakesNobodyTwice()
    {
        await using var node = await NotificationNode.StartAsync(database, Hook);
        await node.FireAsync("orders");
        await node.FireAsync("orders", severity: AlertSeverity.Ticket);
        await node.SendAsync();

        Assert.Single(node.Got);
    }

    [Theory]
    [InlineData("Silence", "{matchers: [{name: service, value: orders}], until: 2026-03-02T10:00:00Z, author: ada, reason: known}", "silenced until 2026-03-02 10:00:00Z by ada (quiet): known")]
    [InlineData("MaintenanceWindow", "{windows: [{from: 2026-03-02T08:00:00Z, until: 2026-03-02T10:00:00Z}], services: [orders], reason: move}", "maintenance (quiet): move")]
    public async Task Fire_WhileQuiet_IsKeptBackAndSaidWhenTheQuietIsOverAndItStillFires(string kind, string spec, string reason)
    {
        await using var node = await NotificationNode.StartAsync(database, Hook + Services + $"\n---\napiVersion: tidegate/v1\nkind: {kind}\nmetadata: {{name: quiet}}\nspec: {spec}\n");
        await node.FireAsync("orders");
        await node.SendAsync();

        Assert.Empty(node.Got);
        Assert.Equal(reason, Assert.Single(await node.Store.ListAsync("suppressed", null, null, 10, Cancel)).Reason);
        await node.SendAsync(TimeSpan.FromHours(1));
        Assert.Single(node.Got);
    }

    // Found by hand: a ticket was "silenced until" a time that was over, while the page of its objective kept it back.
    [Fact]
    public async Task Fire_KeptBackBySomethingElseThanAtFirst_SaysWhatKeepsItBackNow()
    {
        await using var node = await NotificationNode.StartAsync(database, Hook + """

            ---
            apiVersion: tidegate/v1
            kind: Silence
            metadata: {name: quiet}
            spec: {matchers: [{name: service, value: orders}], until: 2026-03-02T09:30:00Z, author: ada, reason: known}
            ---
            apiVersion: tidegate/v1
            kind: MaintenanceWindow
            metadata: {name: move}
            spec: {windows: [{from: 2026-03-02T08:00:00Z, until: 2026-03-02T12:00:00Z}], services: [orders], reason: move}
            """ + Services);
        await node.FireAsync("orders");
        await node.SendAsync();
        Assert.StartsWith("silenced until 2026-03-02 09:30:00Z", Assert.Single(await node.Store.ListAsync("suppressed", null, null, 10, Cancel)).Reason, StringComparison.Ordinal);

        await node.SendAsync(TimeSpan.FromHours(1));
        Assert.Empty(node.Got);
        Assert.Equal("maintenance (move): move", Assert.Single(await node.Store.ListAsync("suppressed", null, null, 10, Cancel)).Reason);
    }

    [Fact]
    public async Task Fire_APageAfterATicketOfItsService_DoesNotWaitForTheGroup()
    {
        await using var node = await NotificationNode.StartAsync(database, Hook);
        await node.FireAsync("slow", severity: AlertSeverity.Ticket);
        await node.SendAsync();
        await node.FireAsync("down");
        await node.SendAsync();

        Assert.Equal(2, node.Got.Count);
    }

    [Fact]
    public async Task Fire_SeveralOfOneGroup_AreOneMessage()
    {
        await using var node = await NotificationNode.StartAsync(database, Hook.Replace("spec:\n", "spec:\n  group: {by: [service], wait: 30s}\n", StringComparison.Ordinal));
        await node.FireAsync("latency");
        await node.FireAsync("availability");
        await node.SendAsync();
        Assert.Empty(node.Got);
        await node.SendAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(2, Assert.Single(node.Got).Json["data"]!["alerts"]!.AsArray().Count);
        await node.FireAsync("another");
        await node.SendAsync(TimeSpan.FromMinutes(4));
        Assert.Contains("others of its group (service=", Assert.Single(await node.Store.ListAsync("pending", null, null, 10, Cancel)).Reason, StringComparison.Ordinal);
        Assert.Single(node.Got); // the group may be told of again five minutes after the last time
        await node.SendAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(2, node.Got.Count);
    }

    [Fact]
    public async Task Fire_WhatIsAlone_GoesAtOnceAndByItself_ThoughItsGroupWaits()
    {
        await using var node = await NotificationNode.StartAsync(database, Hook.Replace("spec:\n", "spec:\n  group: {by: [service], wait: 30s}\n", StringComparison.Ordinal));
        var first = await node.FireAsync("latency");
        await node.SendAsync(TimeSpan.FromSeconds(30));
        await node.FireAsync("availability"); // waits until its group may be told of again

        await node.Router.FiringAsync(Tidegate.Insight.Notifications.Texts.Notices.Of(first) with { Alert = "pol_1/escalated", IsAlone = true }, [], Cancel);
        await node.SendAsync();

        Assert.Equal("pol_1/escalated", (string?)Assert.Single(node.Got.Last().Json["data"]!["alerts"]!.AsArray())!["alert"]);
        Assert.Equal(2, node.Got.Count);
    }

    [Fact]
    public async Task Fire_ForHours_IsSaidAgain()
    {
        await using var node = await NotificationNode.StartAsync(database, Hook);
        await node.FireAsync("orders");
        await node.SendAsync();
        await node.SendAsync(TimeSpan.FromHours(3));
        Assert.Single(node.Got);
        await node.SendAsync(TimeSpan.FromHours(1));
        await node.SendAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(2, node.Got.Count);
    }

    [Fact]
    public async Task Fire_ForHoursWhileSomebodyTakesCareOfIt_IsNotSaidAgain_ButThatItHasEndedIs()
    {
        await using var node = await NotificationNode.StartAsync(database, Hook);
        var alert = await node.FireAsync("orders");
        await node.SendAsync();
        node.Heard.Add(alert.Id);
        await node.SendAsync(TimeSpan.FromHours(5));
        await node.SendAsync(TimeSpan.FromMinutes(1));
        Assert.Single(node.Got);

        node.Heard.Clear();
        await node.SendAsync(TimeSpan.FromMinutes(1));
        await node.SendAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(2, node.Got.Count);

        node.Heard.Add(alert.Id);
        await node.ResolveAsync(alert);
        await node.SendAsync();
        Assert.Equal("tidegate.alert.resolved", node.Got.Last().Json["type"]!.GetValue<string>());
    }

    [Fact]
    public async Task Templates_OfTheTarget_ReplaceTheTexts()
    {
        await using var node = await NotificationNode.StartAsync(database, Hook.Replace("spec:\n", "spec:\n  templates: {title: \"{severity} {service}\", body: \"{summary} {nothing}\"}\n", StringComparison.Ordinal));
        await node.FireAsync("orders");
        await node.SendAsync();

        var data = Assert.Single(node.Got).Json["data"]!;
        Assert.Equal(("page orders", "2 % not good <now> {nothing}"), (data["title"]!.GetValue<string>(), data["body"]!.GetValue<string>()));
    }
}
