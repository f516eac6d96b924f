using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tidegate.Tests.Gateway.Support;
using Tidegate.Tests.Insight.Notifications.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Notifications;

/// <summary>Tests of targets, and messages that were given up, in a whole node, by its verbs and its API.</summary>
public sealed class TestButtonTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<Received> _got = new();
    private ModelNode _node = null!;
    private TestUpstream _receiver = null!;
    private volatile int _status = 202;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _receiver = await TestUpstream.StartAsync(async context =>
        {
            _got.Enqueue(await Received.OfAsync(context));
            context.Response.StatusCode = _status;
        });
        _node = await ModelNode.StartAsync();
        // What would keep alerts back keeps no test back.
        await _node.ApplyAsync($$"""
            apiVersion: tidegate/v1
            kind: NotificationTarget
            metadata: {name: hook}
            spec: {channel: {type: webhook, url: "{{_receiver.Address}}hook"}, severities: [page], sendResolved: false}
            ---
            apiVersion: tidegate/v1
            kind: Silence
            metadata: {name: everything}
            spec: {matchers: [{name: nothing, value: ""}], until: "2100-01-01T00:00:00Z", author: ada, reason: sleep}
            """);
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task Test_ByTheVerb_ArrivesAndIsListedAndAudited()
    {
        var (code, terminal) = await _node.RunAsync("notifications", "test", "hook");
        Assert.Equal(0, code);
        Assert.Equal("A test goes to hook. 'tidegate notifications list --target hook --limit 1' shows what became of it.", terminal.Errors.Trim());

        var sent = await BecomesAsync("sent");
        var got = Assert.Single(_got);
        Assert.Equal(("/hook", "Ticket: Test of Tidegate", (string)sent["id"]!), (got.Path, (string)got.Json["data"]!["title"]!, (string)got.Json["id"]!));
        Assert.StartsWith("This is a test that admin sent. Nothing is wrong.", (string)got.Json["data"]!["body"]!, StringComparison.Ordinal);
        Assert.Equal(("test", "hook", 1), ((string)sent["kind"]!, (string)sent["target"]!, (int)sent["attempts"]!));
        var audit = (await _node.RunAsync("audit", "list", "--action", "notifications.test")).Terminal.Output;
        Assert.Contains("NotificationTarget/hook", audit, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_ByTheApi_IsAcceptedWithItsId_AndATargetThatIsNotThereIsSaid()
    {
        using var http = Client(_node.Token);
        var (status, body, _) = await http.PostAsJsonAsync("notifications/test", new { target = "hook" });
        Assert.Equal(202, status);
        Assert.Equal((string)body!["id"]!, (string)(await BecomesAsync("sent"))["id"]!);

        var (missing, problem, _) = await http.PostAsJsonAsync("notifications/test", new { target = "pager" });
        Assert.Equal((404, "The configuration has hook."), (missing, (string)problem!["action"]!));
        Assert.Equal(7, (await _node.RunAsync("notifications", "test", "pager")).Code);
    }

    [Fact]
    public async Task Test_WithoutTheRight_SendsNothing()
    {
        var viewer = (await _node.RunAsync("tokens", "create", "looks", "--role", "viewer")).Terminal.Output.Trim();

        Assert.Equal(4, (await _node.RunAsAsync(viewer, "", "notifications", "test", "hook")).Code);
        Assert.Equal(4, (await _node.RunAsAsync(viewer, "", "notifications", "retry", "x")).Code);
        Assert.Equal("No such messages.", (await _node.RunAsAsync(viewer, "", "notifications", "list")).Terminal.Errors.Trim());
        Assert.Empty(_got);
    }

    [Fact]
    public async Task DeadLetter_IsShownWithItsReason_AndSentWhenSomebodySaysSo()
    {
        _status = 400;
        await _node.RunAsync("notifications", "test", "hook");
        var dead = await BecomesAsync("dead");
        var id = (string)dead["id"]!;
        Assert.Equal("127.0.0.1 answered 400 Bad Request.", (string)dead["reason"]!);
        var shown = (await _node.RunAsync("notifications", "list", "--state", "dead")).Terminal.Output;
        Assert.Contains("answered 400 Bad Request.", shown, StringComparison.Ordinal);
        Assert.Contains("Test of Tidegate", shown, StringComparison.Ordinal);
        Assert.Contains(id, shown, StringComparison.Ordinal);
        foreach (var state in new[] { "sent", "pending", "suppressed" }) Assert.Equal("No such messages.", (await _node.RunAsync("notifications", "list", "--state", state)).Terminal.Errors.Trim());
        Assert.Contains("1 notifications were given up.", (await _node.RunAsync("status")).Terminal.Output, StringComparison.Ordinal);

        _status = 202;
        var (code, terminal) = await _node.RunAsync("notifications", "retry", id);

        Assert.Equal((0, "It is sent again."), (code, terminal.Errors.Trim()));
        Assert.Equal(2, (int)(await BecomesAsync("sent"))["attempts"]!);
        Assert.Equal(2, _got.Count);
        Assert.Equal(_got.First().Json["id"]!.ToJsonString(), _got.Last().Json["id"]!.ToJsonString());
        Assert.Contains($"notification/{id}", (await _node.RunAsync("audit", "list", "--action", "notifications.retry")).Terminal.Output, StringComparison.Ordinal);
        var (again, refused) = await _node.RunAsync("notifications", "retry", id); // it is sent: there is nothing to send again
        Assert.Equal(7, again);
        Assert.Contains("'tidegate notifications list --state dead' shows them.", refused.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_StateThatIsNone_IsRefused()
    {
        using var http = Client(_node.Token);
        var (status, problem, _) = await http.GetAsJsonAsync("notifications?state=lost");
        Assert.Equal((400, "Use pending, sent, dead, suppressed."), (status, (string)problem!["action"]!));
        Assert.Equal(2, (await _node.RunAsync("notifications", "list", "--state", "lost")).Code);
    }

    private HttpClient Client(string token)
    {
        var http = new HttpClient { BaseAddress = new Uri(_node.Admin, "/api/v1/") };
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return http;
    }

    // The sender runs by itself; what became of a message is asked for as people do.
    private async Task<JsonNode> BecomesAsync(string state)
    {
        while (true)
        {
            var all = JsonNode.Parse((await _node.RunAsync("notifications", "list", "--target", "hook", "--limit", "1", "-o", "json")).Terminal.Output)!.AsArray();
            if (all.Count == 1 && (string)all[0]!["state"]! == state) return all[0]!;
            await Task.Delay(20, Cancel);
        }
    }
}
