using Tidegate.Tests.Insight.Notifications.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Notifications;

/// <summary>What each vendor gets, at its documented address and in its documented form.</summary>
public sealed class ChannelTests : IAsyncDisposable
{
    private readonly SqliteTestDatabase _database = new();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task PagerDuty_FiredAndEnded_TriggersAndResolvesUnderOneKey()
    {
        await using var node = await SendBothAsync("{type: pagerduty, routingKey: \"${env:KEY}\", url: \"RECEIVER\"}");

        var (trigger, resolve) = (node.Got.First(), node.Got.Last());
        Assert.Equal(("/v2/enqueue", "trigger", "k3y", "critical", "orders"), (trigger.Path, Text(trigger, "event_action"), Text(trigger, "routing_key"), trigger.Json["payload"]!["severity"]!.GetValue<string>(), trigger.Json["payload"]!["source"]!.GetValue<string>()));
        Assert.Equal(("resolve", Text(trigger, "dedup_key")), (Text(resolve, "event_action"), Text(resolve, "dedup_key")));
        Assert.Equal(
            [("https://wiki.example/orders", "Runbook"), ("https://grafana.example/d/orders", "dashboard")], trigger.Json["links"]!.AsArray().Select(l => (l!["href"]!.GetValue<string>(), l["text"]!.GetValue<string>())));
    }

    [Fact]
    public async Task Opsgenie_FiredAndEnded_CreatesAndClosesUnderOneAlias()
    {
        await using var node = await SendBothAsync("{type: opsgenie, apiKey: \"${env:KEY}\", url: \"RECEIVER\", teams: [payments]}");

        var (create, close) = (node.Got.First(), node.Got.Last());
        Assert.Equal(("/v2/alerts", "GenieKey k3y", "P1", "payments"), (create.Path, create.Headers["Authorization"], Text(create, "priority"), create.Json["responders"]![0]!["name"]!.GetValue<string>()));
        Assert.EndsWith("\ndashboard: https://grafana.example/d/orders", Text(create, "description"), StringComparison.Ordinal);
        Assert.Equal($"/v2/alerts/{Text(create, "alias")}/close?identifierType=alias", close.Path);
    }

    [Fact]
    public async Task Slack_Alert_IsBlocksInWhichNothingIsALink()
    {
        await using var node = await SendBothAsync("{type: slack, url: \"${env:HOOK}\"}");

        var fired = node.Got.First();
        Assert.Equal("/slack", fired.Path);
        Assert.Contains("&lt;now&gt;", fired.Json["blocks"]![1]!["text"]!["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.StartsWith("PAGE: orders", Text(fired, "text"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Teams_Alert_IsAnAdaptiveCard()
    {
        await using var node = await SendBothAsync("{type: teams, url: \"${env:HOOK}\"}");

        var card = node.Got.First().Json["attachments"]![0]!;
        Assert.Equal("application/vnd.microsoft.card.adaptive", card["contentType"]!.GetValue<string>());
        Assert.Equal(("AdaptiveCard", "Attention"), (card["content"]!["type"]!.GetValue<string>(), card["content"]!["body"]![0]!["color"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Alertmanager_FiredAndEnded_AreOneAlertThatEnds()
    {
        await using var node = await SendBothAsync("{type: alertmanager, urls: [\"RECEIVER\"]}");

        var (fired, ended) = (node.Got.First(), node.Got.Last());
        Assert.Equal("/api/v2/alerts", fired.Path);
        Assert.Equal(fired.Json[0]!["labels"]!.ToJsonString(), ended.Json[0]!["labels"]!.ToJsonString());
        Assert.Equal("https://grafana.example/d/orders", fired.Json[0]!["annotations"]!["dashboard"]!.GetValue<string>());
        Assert.True(DateTimeOffset.Parse(fired.Json[0]!["endsAt"]!.GetValue<string>()) > node.Time.GetUtcNow());
        Assert.Equal(node.Time.GetUtcNow(), DateTimeOffset.Parse(ended.Json[0]!["endsAt"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Email_Alert_ArrivesOverSmtp()
    {
        await using var server = SmtpSink.Start();
        await using var node = await NotificationNode.StartAsync(_database, Target($"{{type: email, to: [\"oncall@example.org\"], from: \"tidegate@example.org\", host: 127.0.0.1, port: {server.Port}, security: none}}"));
        await node.FireAsync("orders");
        await node.SendAsync();

        var mail = await server.MailAsync();
        Assert.Contains("RCPT TO:<oncall@example.org>", mail, StringComparison.Ordinal);
        Assert.Contains("Subject: PAGE: orders: orders burns its error budget", mail, StringComparison.Ordinal);
        Assert.Contains("Dashboard: https://grafana.example/d/orders", mail, StringComparison.Ordinal);
        Assert.Contains("version v2: 97 % of the additional errors", mail, StringComparison.Ordinal);
        Assert.Equal("sent", Assert.Single(await node.Store.ListAsync(null, null, null, 10, TestContext.Current.CancellationToken)).State);
    }

    [Fact]
    public async Task Channel_SecretThatIsNotThere_IsSaidWithoutAValue()
    {
        await using var node = await NotificationNode.StartAsync(_database, Target("{type: slack, url: \"${env:MISSING}\"}"));
        await node.FireAsync("orders");
        await node.SendAsync();

        Assert.Equal("${env:MISSING} is not set", Assert.Single(await node.Store.ListAsync(null, null, null, 10, TestContext.Current.CancellationToken)).Reason);
    }

    private async Task<NotificationNode> SendBothAsync(string channel)
    {
        var node = await NotificationNode.StartAsync(_database, Target(channel));
        node.Secrets.Values["${env:HOOK}"] = node.Receiver.Address + "slack";
        var alert = await node.FireAsync("orders");
        await node.SendAsync();
        await node.ResolveAsync(alert);
        await node.SendAsync();
        Assert.Equal(2, node.Got.Count);
        return node;
    }

    private static string Target(string channel) => $"apiVersion: tidegate/v1\nkind: NotificationTarget\nmetadata: {{name: people}}\nspec:\n  channel: {channel}\n";

    private static string Text(Received received, string key) => received.Json[key]!.GetValue<string>();
}
