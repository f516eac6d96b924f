using Microsoft.Extensions.DependencyInjection;
using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies;
using Tidegate.Insight.Incidents;
using Tidegate.Insight.Notifications;
using Tidegate.Insight.PostMortems;
using Tidegate.Insight.Reports;
using Tidegate.Tests.Insight.Objectives.Support;
using Tidegate.Tests.Platform.ConfigStore;
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
        var (status, body, _) = await _node.Client.GetAsJsonAsync($"reports/{kind}");
        Assert.Equal((200, kind, "2026-03", false), (status, body!["kind"]!.GetValue<string>(), body["month"]!.GetValue<string>(), body["complete"]!.GetValue<bool>()));
        Assert.Contains("No objective is judged.", body["notes"]!.AsArray().Select(n => n!.GetValue<string>()));

        using var html = await _node.Client.GetAsync($"reports/{kind}?format=html", TestContext.Current.CancellationToken);
        Assert.Equal("text/html", html.Content.Headers.ContentType!.MediaType);
        Assert.Contains("default-src 'none'", string.Join(' ', html.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.StartsWith("<!DOCTYPE html>", await html.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var markdown = await _node.Client.GetAsync($"reports/{kind}?format=markdown&month=2026-02", TestContext.Current.CancellationToken);
        Assert.Equal("text/markdown", markdown.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("# ", await markdown.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    // Who mistypes a service is told so, and not that nothing was promised for it.
    [Theory]
    [InlineData("budget")]
    [InlineData("sla")]
    [InlineData("monthly")]
    public async Task Report_OfAServiceThatNobodyKnows_IsNotFound(string kind)
    {
        var applied = await _node.Client.PostAsJsonAsync("config/apply", new { files = new[] { new { name = "a.yaml", text = "apiVersion: tidegate/v1\nkind: Service\nmetadata: { name: orders }\nspec: { destinations: [ { address: 'http://127.0.0.1:9' } ] }\n" } } });
        Assert.Equal(200, applied.Status);

        var (status, body, _) = await _node.Client.GetAsJsonAsync($"reports/{kind}?service=ordres");
        Assert.Equal((404, "There is no service ordres. Neither the configuration nor a release names it. Did you mean \"orders\"?"), (status, body!["detail"]!.GetValue<string>()));
        Assert.Equal(404, (await _node.Client.GetAsJsonAsync($"reports/{kind}?service=ordres&format=html")).Status);

        (status, body, _) = await _node.Client.GetAsJsonAsync($"reports/{kind}?service=orders");
        Assert.Equal(200, status);
        Assert.Contains("No objective is judged for the service orders.", body!["notes"]!.AsArray().Select(n => n!.GetValue<string>()));
    }

    // It left the configuration, and its incident stays.
    [Theory]
    [InlineData("budget")]
    [InlineData("monthly")]
    public async Task Report_OfAServiceThatAnIncidentNames_IsMade(string kind)
    {
        await _node.Services.GetRequiredService<IncidentStore>().OpenAsync(new IncidentRequest { Title = "t", Severity = IncidentSeverity.Sev2, Services = ["gone"] }, ConfigNode.Ada, TestContext.Current.CancellationToken);

        Assert.Equal(200, (await _node.Client.GetAsJsonAsync($"reports/{kind}?service=gone&month=2026-02")).Status);
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
