using Tidegate.Insight.Incidents;
using Tidegate.Insight.Notifications;
using Tidegate.Insight.PostMortems;
using Tidegate.Insight.Reports;
using Tidegate.Tests.Insight.Objectives.Support;
using Tidegate.Tests.Platform.Security;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Reports;

/// <summary>Reports over HTTP, of a node that knows nothing yet.</summary>
public sealed class ReportEndpointTests : IAsyncLifetime
{
    private ObjectiveAdmin _node = null!;

    public async ValueTask InitializeAsync() =>
        _node = await ObjectiveAdmin.StartAsync(new DateTimeOffset(2026, 3, 10, 12, 0, 0, TimeSpan.Zero), new NotificationsModule(), new IncidentsModule(), new PostMortemsModule(), new ReportsModule());

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Theory]
    [InlineData("budget")]
    [InlineData("sla")]
    [InlineData("monthly")]
    public async Task Report_InEachFormat_SaysThatNothingIsKnown(string kind)
    {
        var (status, body, _) = await _node.Client.GetAsJsonAsync($"reports/{kind}?service=orders");
        Assert.Equal((200, kind, "2026-03", false), (status, body!["kind"]!.GetValue<string>(), body["month"]!.GetValue<string>(), body["complete"]!.GetValue<bool>()));
        Assert.Contains("No objective is judged for the service orders.", body["notes"]!.AsArray().Select(n => n!.GetValue<string>()));

        using var html = await _node.Client.GetAsync($"reports/{kind}?format=html", TestContext.Current.CancellationToken);
        Assert.Equal("text/html", html.Content.Headers.ContentType!.MediaType);
        Assert.Contains("default-src 'none'", string.Join(' ', html.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.StartsWith("<!DOCTYPE html>", await html.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var markdown = await _node.Client.GetAsync($"reports/{kind}?format=markdown&month=2026-02", TestContext.Current.CancellationToken);
        Assert.Equal("text/markdown", markdown.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("# ", await markdown.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("format=pdf", "format")]
    [InlineData("month=2026-04", "month")]
    [InlineData("month=9999-12", "month")]
    [InlineData("month=0001-01", "month")]
    [InlineData("zone=Nowhere", "zone")]
    public async Task Report_WrongQuestion_IsRefused(string query, string path)
    {
        var (status, body, _) = await _node.Client.GetAsJsonAsync($"reports/budget?{query}");

        Assert.Equal((400, path), (status, body!["path"]!.GetValue<string>()));
    }
}
