using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Tests.Insight.Notifications.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Notifications;

/// <summary>Whom an alert is for, and in what words a target has it.</summary>
public sealed class TargetTests : IAsyncDisposable
{
    private readonly SqliteTestDatabase _database = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData("severities: [page]", "down page")]
    [InlineData("severities: [ticket]", "slow ticket")]
    [InlineData("severities: [page, ticket]", "down page, slow ticket")]
    [InlineData("services: [stock]", "slow ticket")]
    [InlineData("services: [orders, stock], severities: [page]", "down page")]
    [InlineData("services: [orders], severities: [ticket]", "")]
    [InlineData("description: everything", "down page, slow ticket")]
    public async Task Fire_SeveritiesAndServicesOfATarget_KeepOthersOut(string spec, string told)
    {
        await using var node = await StartAsync(spec);
        var alerts = new[] { await node.FireAsync("down"), await node.FireAsync("slow", "stock", AlertSeverity.Ticket) };
        await node.SendAsync();
        Assert.Equal(told, string.Join(", ", Told(node)));

        // The end is for those who were told of the beginning.
        foreach (var alert in alerts) await node.ResolveAsync(alert);
        await node.SendAsync(TimeSpan.FromMinutes(6));
        Assert.Equal(told.Length == 0 ? "" : $"{told}, {told}", string.Join(", ", Told(node)));
        Assert.Equal(node.Got.Count, (await node.Store.ListAsync(null, null, null, 10, Cancel)).Count); // nothing that waits, or was kept back
    }

    [Fact]
    public async Task Fire_AlertSetNamesTargets_TellsThoseAlone()
    {
        await using var node = await NotificationNode.StartAsync(_database, $"{Target("hook", "")}---\n{Target("other", "")}---\n{Target("third", ", severities: [ticket]")}");
        var alert = await node.FireAsync("down", targets: "other,third");
        await node.SendAsync();
        await node.ResolveAsync(alert);
        await node.SendAsync();

        Assert.Equal(["other", "other"], (await node.Store.ListAsync(null, null, null, 10, Cancel)).Select(n => n.Target));
    }

    [Theory]
    [InlineData("sendResolved: false", 1)]
    [InlineData("sendResolved: true", 2)]
    public async Task Resolve_SendResolved_SaysWhetherTheEndIsTold(string spec, int told)
    {
        await using var node = await StartAsync(spec);
        var alert = await node.FireAsync("down");
        await node.SendAsync();
        await node.ResolveAsync(alert);
        await node.SendAsync(TimeSpan.FromHours(1));

        Assert.Equal(told, node.Got.Count);
    }

    // Every name that docs/guides/notifications.md lists, at the beginning and at the end.
    [Fact]
    public async Task Templates_EveryPlaceholder_IsReplaced()
    {
        await using var node = await StartAsync("templates: {title: \"{state}|{severity}|{title}|{alert}\", body: \"{summary}|{evidence}|{runbook}|{firedAt}|{resolvedAt}|{service}|{slo}|{objective}|{unknown}\"}");
        var alert = await node.FireAsync("down");
        await node.SendAsync();
        node.Time.Advance(TimeSpan.FromMinutes(7));
        await node.ResolveAsync(alert);
        await node.SendAsync();

        var (fired, ended) = (node.Got.First().Json["data"]!, node.Got.Last().Json["data"]!);
        Assert.Equal("fired|page|orders: down burns its error budget|alert_down_Page", fired["title"]!.GetValue<string>());
        Assert.Equal(
            "2 % not good <now>|version v2: 97 % of the additional errors (50 % bad, 0 % before)|https://wiki.example/orders|2026-03-02 09:00:00Z||orders|down|down|{unknown}", fired["body"]!.GetValue<string>());
        Assert.StartsWith("resolved|page|", ended["title"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("|2026-03-02 09:00:00Z|2026-03-02 09:07:00Z|orders|", ended["body"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private Task<NotificationNode> StartAsync(string spec) => NotificationNode.StartAsync(_database, Target("hook", ", " + spec) + Services);

    private const string Services = "---\napiVersion: tidegate/v1\nkind: Service\nmetadata: {name: orders}\nspec: {destinations: [{address: \"http://127.0.0.1:9\"}]}\n---\napiVersion: tidegate/v1\nkind: Service\nmetadata: {name: stock}\nspec: {destinations: [{address: \"http://127.0.0.1:9\"}]}\n";

    private static string Target(string name, string spec) => $"apiVersion: tidegate/v1\nkind: NotificationTarget\nmetadata: {{name: {name}}}\nspec: {{channel: {{type: webhook, url: \"RECEIVER{name}\"}}{spec}}}\n";

    private static IEnumerable<string> Told(NotificationNode node) =>
        node.Got.Select(g => g.Json["data"]!["alerts"]![0]!["labels"]!).Select(l => $"{l["objective"]!.GetValue<string>()} {l["severity"]!.GetValue<string>()}");
}
