using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Insight.Notifications.Routing;
using Tidegate.Insight.Objectives;
using Tidegate.Tests.Insight.Notifications.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Notifications;

/// <summary>One cause, one page: what a document of kind <c>Inhibition</c> says follows from what, and never so that nobody is told at all.</summary>
public sealed class InhibitionTests : IAsyncDisposable
{
    private readonly SqliteTestDatabase _database = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Fire_WhileItsSourceFires_IsKeptBackWithTheReasonAndToldWhenTheSourceHasEnded()
    {
        await using var node = await StartAsync("{source: [{name: service, value: network}], target: [{name: service, op: \"!=\", value: network}]}");
        var cause = await node.FireAsync("packets", "network");
        var orders = await node.FireAsync("orders");
        await node.SendAsync();

        Assert.Equal(["packets"], Told(node));
        var kept = Assert.Single(await node.Store.ListAsync("suppressed", null, null, 10, Cancel));
        Assert.Equal((orders.Id, $"inhibited by {cause.Id} (rule)"), (kept.Alert, kept.Reason));
        var shown = new AlertSuppression(new FiringAlerts(new AlertList(node.Alerts, []), []), node.Config, node.Time);
        Assert.Equal(kept.Reason, await shown.ReasonAsync(orders, Cancel)); // 'tidegate alerts show' has it from there
        Assert.Null(await shown.ReasonAsync(cause, Cancel));

        await node.ResolveAsync(cause);
        await node.SendAsync(TimeSpan.FromMinutes(1));
        await node.SendAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(["packets", "packets", "orders"], Told(node));
    }

    [Theory]
    [InlineData("orders", 1)]
    [InlineData("stock", 2)]
    public async Task Fire_LabelsOfEqual_MustBeTheSameInBoth(string service, int told)
    {
        await using var node = await StartAsync("{source: [{name: severity, value: page}], target: [{name: severity, value: ticket}], equal: [service]}");
        await node.FireAsync("down", "orders");
        await node.FireAsync("slow", service, AlertSeverity.Ticket);
        await node.SendAsync();

        Assert.Equal(told, node.Got.Count);
    }

    // As Alertmanager has it: an alert that fits both sides is not inhibited by another that does. Else each would keep the other back, and nobody would be told.
    [Fact]
    public async Task Fire_TwoThatFitBothSides_BothAreTold()
    {
        await using var node = await StartAsync("{source: [{name: service, op: \"=~\", value: \"orders|stock\"}], target: [{name: service, op: \"!=\", value: network}]}");
        await node.FireAsync("orders");
        await node.FireAsync("stock", "stock");
        await node.FireAsync("mail", "mail");
        await node.SendAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(["orders", "stock"], Told(node).Order(StringComparer.Ordinal)); // mail is no source, and follows from either
    }

    // Services that need each other: each page would follow from the other.
    [Fact]
    public async Task Fire_ServicesThatDependOnEachOther_TheFirstIsTold()
    {
        await using var node = await NotificationNode.StartAsync(_database, Hook + Service("orders", "stock") + Service("stock", "orders"));
        // Both at the same tick, and explained after that.
        var (second, first) = (await node.WriteAsync("stock", "stock"), await node.WriteAsync("orders"));
        await node.ExplainAsync(second);
        await node.ExplainAsync(first);
        await node.SendAsync();
        await node.SendAsync(TimeSpan.FromMinutes(1));
        await node.SendAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(["orders"], Told(node));
        Assert.Equal($"follows from {first.Id}: stock depends on orders", Assert.Single(await node.Store.ListAsync("suppressed", null, null, 10, Cancel)).Reason);
    }

    private const string Hook = "apiVersion: tidegate/v1\nkind: NotificationTarget\nmetadata: {name: hook}\nspec: {channel: {type: webhook, url: \"RECEIVERhook\"}}\n";

    private static string Service(string name, string needs) =>
        $"---\napiVersion: tidegate/v1\nkind: Service\nmetadata: {{name: {name}}}\nspec: {{destinations: [{{address: \"http://127.0.0.1:9\"}}], dependencies: [{{service: {needs}}}]}}\n";

    private Task<NotificationNode> StartAsync(string spec) => NotificationNode.StartAsync(_database, $"{Hook}---\napiVersion: tidegate/v1\nkind: Inhibition\nmetadata: {{name: rule}}\nspec: {spec}\n");

    private static IEnumerable<string> Told(NotificationNode node) => node.Got.Select(g => g.Json["data"]!["alerts"]![0]!["labels"]!["objective"]!.GetValue<string>());
}
