using Tidegate.Tests.Insight.Objectives.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Objectives.Linting;

/// <summary>A silence or maintenance that is over when it is planned keeps nothing back: the node has the clock, rules have none.</summary>
public sealed class PastTimesPlanTests : IAsyncLifetime
{
    private const string Service = "apiVersion: tidegate/v1\nkind: Service\nmetadata: {name: orders}\nspec: {destinations: [{address: \"http://127.0.0.1:9\"}]}\n";
    private const string Silence = "kind: Silence|matchers: [{name: service, value: orders}], author: ada, reason: r, ";
    private const string Work = "kind: MaintenanceWindow|services: [orders], reason: r, ";

    private ObjectiveAdmin _node = null!;

    public async ValueTask InitializeAsync() => _node = await ObjectiveAdmin.StartAsync(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Theory]
    [InlineData(Silence + "until: 2026-03-01T12:00:01Z")]
    [InlineData(Silence + "until: 2026-03-01T12:00:00Z", "Silence/tested is over since 2026-03-01 12:00Z: it silences nothing. Give a later until, or remove it.")]
    [InlineData(Work + "windows: [{from: 2026-02-01T00:00:00Z, until: 2026-02-02T00:00:00Z}, {from: 2026-04-01T00:00:00Z, until: 2026-04-02T00:00:00Z}]")]
    [InlineData(Work + "windows: [{from: 2026-02-01T00:00:00Z, until: 2026-02-02T00:00:00Z}, {cron: '0 2 * * SUN', duration: 2h}]")]
    [InlineData(Work + "windows: [{from: 2026-02-08T00:00:00Z, until: 2026-02-09T00:00:00Z}, {from: 2026-02-01T00:00:00Z, until: 2026-02-02T00:00:00Z}]", "MaintenanceWindow/tested is over since 2026-02-09 00:00Z: it silences nothing. Give a later until, or remove it.")]
    public async Task Plan_OfWhatIsOver_WarnsOnce(string written, params string[] messages)
    {
        var (kind, spec) = (written.Split('|')[0], written.Split('|')[1]);
        var body = new { files = new[] { new { name = "a.yaml", text = $"{Service}---\napiVersion: tidegate/v1\n{kind}\nmetadata: {{name: tested}}\nspec: {{{spec}}}\n" } } };

        Assert.Equal(messages, await MessagesAsync(body));
        // What is in force and over is left alone: it was right once.
        Assert.Equal(200, (await _node.Client.PostAsJsonAsync("config/apply", body)).Status);
        Assert.Empty(await MessagesAsync(body));
    }

    private async Task<IEnumerable<string>> MessagesAsync(object body)
    {
        var (status, plan, _) = await _node.Client.PostAsJsonAsync("config/plan", body);
        Assert.Equal(200, status);
        return plan!["findings"]!.AsArray().Where(f => f!["code"]!.GetValue<string>() == "is_over").Select(f => f!["message"]!.GetValue<string>());
    }
}
