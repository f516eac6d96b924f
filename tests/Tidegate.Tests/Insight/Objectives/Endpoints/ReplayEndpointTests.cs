using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Tidegate.Core.Calls;
using Tidegate.Tests.Insight.CallLog.Support;
using Tidegate.Tests.Insight.Objectives.Support;
using Tidegate.Tests.Platform.Security;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Objectives.Endpoints;

/// <summary>Replays over HTTP, through the real admin port.</summary>
public sealed class ReplayEndpointTests : IAsyncLifetime
{
    private const string Slo = """
        apiVersion: tidegate/v1
        kind: Service
        metadata: {name: orders}
        spec: {destinations: [{address: "http://127.0.0.1:9"}]}
        ---
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: orders}
        spec:
          service: orders
          budgetingMethod: Occurrences
          timeWindow: [{duration: 30d, isRolling: true}]
          objectives: [{target: 0.99}]
          indicator: {metadata: {name: sli}, spec: {ratioMetric: {rawType: success, raw: {metricSource: {type: tidegate, spec: {measure: availability, service: [orders]}}}}}}
        """;

    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private ObjectiveAdmin _node = null!;

    public async ValueTask InitializeAsync()
    {
        _node = await ObjectiveAdmin.StartAsync(Now);
        await _node.LogAsync(Enumerable.Range(0, 60).Select(i =>
        {
            var call = SampleCalls.Ordinary(Now.AddHours(-1).AddMinutes(i));
            (call.Service, call.Outcome) = ("orders", i < 45 ? CallOutcome.Ok : CallOutcome.Timeout);
            return call;
        }));
    }

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task Replay_ProposedDocuments_SaysWhatWouldHavePaged()
    {
        var (status, body, _) = await _node.Client.PostAsJsonAsync("objectives/replay", Body("1h"));

        Assert.Equal(200, status);
        var objective = body!["objectives"]![0]!;
        Assert.Equal(("orders", 15, 60, 60), (objective["id"]!.GetValue<string>(), objective["bad"]!.GetValue<int>(), objective["total"]!.GetValue<int>(), objective["minutesWithData"]!.GetValue<int>()));
        Assert.Contains("page", objective["wouldHave"]!.AsArray().Select(a => a!["severity"]!.GetValue<string>()));
        Assert.Equal("2026-03-01T11:00:00+00:00", body["from"]!.GetValue<string>());
        Assert.Empty((await _node.Client.GetAsJsonAsync("objectives")).Body!["items"]!.AsArray());
    }

    [Fact]
    public async Task Replay_ToWhoFollows_TellsHowFarItIs()
    {
        var lines = await FollowAsync(Body("1h"));

        Assert.Equal("orders", lines[0]["progress"]!["objective"]!.GetValue<string>());
        Assert.Equal("orders", lines[^1]["replay"]!["objectives"]![0]!["id"]!.GetValue<string>());
        Assert.Equal("invalid_document", (await FollowAsync(Body("1h", "kind: Nothing")))[^1]["problem"]!["code"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("yesterday", "'yesterday' is not a time.")]
    [InlineData("0s", "There is no time between 'since' and 'until': it would end before it begins.")]
    [InlineData("500d", "That are 500 days.")]
    public async Task Replay_TimeThatIsNone_IsRefused(string since, string detail)
    {
        var (status, body, _) = await _node.Client.PostAsJsonAsync("objectives/replay", Body(since));

        Assert.Equal((400, "since", detail), (status, body!["path"]!.GetValue<string>(), body["detail"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Attribution_OfWhatIsNotThere_IsAProblemThatSaysWhatIs()
    {
        Assert.Equal(404, (await _node.Client.GetAsJsonAsync("objectives/a%2Fb/attribution?by=outcome")).Status);
        Assert.Equal("There is no objective a/b.", (await _node.Client.GetAsJsonAsync("objectives/a%2Fb/attribution?by=outcome")).Body!["detail"]!.GetValue<string>());
        var (status, body, _) = await _node.Client.GetAsJsonAsync("objectives/orders/attribution?by=weather");
        Assert.Equal((400, "by"), (status, body!["path"]!.GetValue<string>()));
        Assert.Equal("limit", (await _node.Client.GetAsJsonAsync("objectives/orders/attribution?by=outcome&limit=0")).Body!["path"]!.GetValue<string>());
        Assert.Equal("from", (await _node.Client.GetAsJsonAsync("objectives/orders/attribution?by=outcome&from=x")).Body!["path"]!.GetValue<string>());
    }

    private static object Body(string since, string text = Slo) => new { files = new[] { new { name = "slo.yaml", text } }, since };

    private async Task<List<JsonNode>> FollowAsync(object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "objectives/replay") { Content = new StringContent(System.Text.Json.JsonSerializer.Serialize(body), Encoding.UTF8, "application/json") };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/x-ndjson"));
        using var answer = await _node.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType?.MediaType);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }
}
