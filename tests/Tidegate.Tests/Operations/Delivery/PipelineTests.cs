using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tidegate.Tests.Gateway.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Operations.Delivery;

/// <summary>What docs/guides/releases.md gives to pipelines, on a whole node: the token, and the web calls of Argo Rollouts with the bytes that stand there.</summary>
public sealed class PipelineTests : IAsyncLifetime
{
    private static readonly string Guide = File.ReadAllText(Path.Combine(Repository.Root, "docs/guides/releases.md"));
    private ModelNode _node = null!;
    private TestUpstream _upstream = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _upstream = await TestUpstream.StartAsync();
        _node = await ModelNode.StartAsync();
        await _node.ApplyAsync(RolloutBench.Documents("minCalls: 60", 50, 50).Replace("http://127.0.0.1:9", _upstream.Address.ToString(), StringComparison.Ordinal)
            .Replace("rollout: {", "identify: {anonymous: true}\n  rollout: {", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task ArgoRollouts_ItsWebCalls_AreAnsweredByGateAndCanary()
    {
        var (code, created) = await _node.RunAsync(Command("tidegate tokens create ci"));
        Assert.Equal(0, code);
        var token = created.Output.Trim();
        var body = Regex.Match(Guide, @"body: '(?<body>.+)'").Groups["body"].Value.Replace("{{args.service}}", "shop", StringComparison.Ordinal);
        Assert.Contains("{$.allowed}", Guide, StringComparison.Ordinal);

        Assert.True((bool)(await PostAsync("gate", body, token))["allowed"]!);
        await _node.RunAsync("freeze", "start", "shop", "--for", "1h", "-m", "sale of the year");
        Assert.False((bool)(await PostAsync("gate", body, token))["allowed"]!);

        // Both versions are called, and are alike.
        using var http = new HttpClient { BaseAddress = _node.Traffic };
        for (var i = 0; i < 600; i++) Assert.True((await http.GetAsync("orders", Cancel)).IsSuccessStatusCode);
        var canary = Regex.Match(Guide, @"`(?<body>\{""canary"": .+?\})`").Groups["body"].Value.Replace("2.4.0", "v2", StringComparison.Ordinal).Replace("\"checkout\"", "\"orders\"", StringComparison.Ordinal);
        JsonNode report;
        do report = await PostAsync("canary", canary, token);
        while ((int)report["canaryCalls"]! + (int)report["baselineCalls"]! < 600);
        Assert.Contains((string)report["verdict"]!, new[] { "pass", "inconclusive" }); // 600 real calls: how long they took is chance
        Assert.True((int)report["canaryCalls"]! > 200, report.ToJsonString());
        Assert.Equal(404, await StatusAsync("canary", canary.Replace("v2", "v9", StringComparison.Ordinal), token));
        Assert.Equal(401, await StatusAsync("canary", canary, "tgt_wrong"));
    }

    // Every command of the pipelines works with it, and none of its scopes is there for nothing.
    [Theory]
    [InlineData("", 0, 0, 0, 0)]
    [InlineData("delivery.read", 4, 0, 0, 4)] // a rollout begins, and cannot be followed
    [InlineData("delivery.release", 0, 4, 0, 0)]
    [InlineData("delivery.rollout", 0, 0, 4, 0)]
    public async Task Token_OfTheGuide_IsEnoughAndAllOfItIsNeeded(string without, int gate, int release, int rollout, int list)
    {
        var words = Command("tidegate tokens create ci").ToList();
        if (without.Length > 0) words.RemoveRange(words.IndexOf(without) - 1, 2);
        var token = (await _node.RunAsync([.. words])).Terminal.Output.Trim();

        Assert.Equal(0, (await _node.RunAsync("gate", "--service", "shop", "--wait", "5m")).Code); // a node that has just started lets nothing pass
        Assert.Equal(gate, await CodeAsync(token, "gate", "--service", "shop", "--change", "v2", "--wait", "30s"));
        var (begun, told) = await _node.RunAsAsync(token, "", "release", "start", "--service", "shop", "--version", "v2", "--commit", "3f2a9c1");
        Assert.Equal(release, begun);
        if (begun == 0) Assert.Equal(0, await CodeAsync(token, "release", "finish", told.Output.Trim(), "--result", "succeeded"));
        Assert.Equal(rollout, await CodeAsync(token, "rollout", "start", "orders", "--change", "v2"));
        Assert.Equal(list, await CodeAsync(token, "rollout", "list"));
    }

    private async Task<int> CodeAsync(string token, params string[] words) => (await _node.RunAsAsync(token, "", words)).Code;

    private static string[] Command(string begins) => [.. Guide.Split('\n').First(line => line.StartsWith(begins, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1)];

    // A node that has judged nothing yet answers 503.
    private async Task<JsonNode> PostAsync(string path, string body, string token)
    {
        while (true)
        {
            using var answer = await SendAsync(path, body, token);
            if ((int)answer.StatusCode == 200) return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!;
            Assert.Equal(503, (int)answer.StatusCode);
            await Task.Delay(100, Cancel);
        }
    }

    private async Task<int> StatusAsync(string path, string body, string token)
    {
        using var answer = await SendAsync(path, body, token);
        return (int)answer.StatusCode;
    }

    private async Task<HttpResponseMessage> SendAsync(string path, string body, string token)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_node.Admin, $"/api/v1/{path}")) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await http.SendAsync(request, Cancel);
    }
}
