using Microsoft.Extensions.Time.Testing;
using Tidegate.Platform.ConfigStore;
using Tidegate.Tests.Platform.Security;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Platform.ConfigStore;

/// <summary>Objectives over HTTP: leniently, from other formats and to them, through the real admin port.</summary>
public sealed class ConversionEndpointTests : IAsyncLifetime
{
    private const string Slo = """
        apiVersion: openslo/v1
        kind: SLO
        metadata: { name: orders }
        spec:
          service: orders
          indicator: { metadata: { name: i }, spec: { ratioMetric: { rawType: success, raw: { metricSource: { type: tidegate, spec: { measure: availability, service: [orders] } } } } } }
          objectives: { target: "0.999" }
        """;

    private readonly SqliteTestDatabase _database = new();
    private TestAdmin _port = null!;
    private HttpClient _admin = null!;

    public async ValueTask InitializeAsync()
    {
        _port = await TestAdmin.StartAsync(_database, new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero)), new ConfigStoreModule());
        _admin = _port.Admin();
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _port.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Lenient_ForgivesWhereStrictRefuses_AlsoAfterAStrictPlanOfTheSameTexts()
    {
        var body = Body(ConfigNode.Good + "---\n" + Slo);

        Assert.False((await _admin.PostAsJsonAsync("config/plan", body)).Body!["valid"]!.GetValue<bool>());
        var plan = (await _admin.PostAsJsonAsync("config/plan?lenient=true", body)).Body!;
        Assert.True(plan["valid"]!.GetValue<bool>());
        Assert.Equal(["forgiven"], plan["findings"]!.AsArray().Select(f => f!["code"]!.GetValue<string>()).Distinct());
        Assert.Equal(422, (await _admin.PostAsJsonAsync("config/apply", body)).Status);
        Assert.Equal(200, (await _admin.PostAsJsonAsync("config/apply?lenient=true", body)).Status);

        Assert.Equal("Occurrences", (await _admin.GetAsJsonAsync("config?kind=SLO&name=orders")).Body!["objects"]![0]!["spec"]!["budgetingMethod"]!.GetValue<string>());
        // OpenSLO's Service is asked for by its own word.
        Assert.Single((await _admin.GetAsJsonAsync("config?kind=Service")).Body!["objects"]!.AsArray());
    }

    [Fact]
    public async Task Export_OfWhatIsInForce_IsTextWithNotes()
    {
        await _admin.PostAsJsonAsync("config/apply?lenient=true", Body(ConfigNode.Good + "---\n" + Slo));

        var open = (await _admin.GetAsJsonAsync("config/export/openslo")).Body!;
        Assert.Contains("kind: SLO", open["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.NotEmpty(open["findings"]!.AsArray());
        var rules = (await _admin.GetAsJsonAsync("config/export/prometheus-rules?slo=orders")).Body!;
        Assert.Contains("slo:error_ratio:rate1h", rules["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.StartsWith("groups:", await _admin.GetStringAsync("config/export/prometheus-rules?format=yaml", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(404, (await _admin.GetAsJsonAsync("config/export/prometheus-rules?slo=nobody")).Status);
        Assert.Equal(400, (await _admin.GetAsJsonAsync("config/export/openslo?format=xml")).Status);
    }

    [Fact]
    public async Task Import_Converts_AndChangesNothing()
    {
        object With(string format, string text) => new { format, files = new[] { new { name = "old.yaml", text } }, dataSource = "main" };

        var (status, import, _) = await _admin.PostAsJsonAsync("config/import", With("sloth", "version: prometheus/v1\nservice: shop\nslos: [ { name: a, objective: 99, sli: { raw: { error_ratio_query: e } } } ]"));
        Assert.Equal(200, status);
        Assert.Contains("metricSourceRef: main", import!["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(422, (await _admin.PostAsJsonAsync("config/import", With("sloth", "version: prometheus/v9"))).Status);
        Assert.Equal(400, (await _admin.PostAsJsonAsync("config/import", With("nobl9", "x"))).Status);
        Assert.Equal(400, (await _admin.PostAsJsonAsync("config/import", new { format = "sloth", files = new object?[] { null } })).Status);
        Assert.Empty((await _admin.GetAsJsonAsync("config")).Body!["objects"]!.AsArray());
    }

    private static object Body(string text) => new { files = new[] { new { name = "a.yaml", text } } };
}
