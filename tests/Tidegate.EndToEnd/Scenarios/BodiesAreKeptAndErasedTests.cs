using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Tidegate.EndToEnd.Support;
using Tidegate.Tests.Support;

namespace Tidegate.EndToEnd.Scenarios;

/// <summary>From a call with a pasted key to its masked bodies on the command line, through a kill -9, and to nothing at all.</summary>
public sealed class BodiesAreKeptAndErasedTests
{
    private const string Secret = "sk-abcdefghijklmnop1234567890";

    private const string Models = """
        apiVersion: tidegate/v1
        kind: Provider
        metadata: { name: fake }
        spec: { vendor: fake }
        ---
        apiVersion: tidegate/v1
        kind: Model
        metadata: { name: fast }
        spec:
          targets: [{ provider: fake, model: echo }]
          bodies: { keep: all }
        ---
        apiVersion: tidegate/v1
        kind: Route
        metadata: { name: models }
        spec: { models: {} }
        """;

    [Fact]
    public async Task Bodies_AreMasked_OutliveAKill_AndAreErased()
    {
        using var config = new ConfigFiles(ConfigFiles.Consumer(), Models);
        using var data = new TempDirectory();
        string id;
        TidegateSetup setup;
        await using (var node = await TidegateProcess.ServeAsync(new() { Data = data.Path, Config = config.Path }))
        {
            id = await AskAsync(node);
            await new CallLog(node).AgreesAsync("models", new((200, 1)));
            await Eventually.HoldsAsync(async () => Assert.Equal(HttpStatusCode.OK, (await node.Api.SendAsync(HttpMethod.Get, $"calls/{id}/bodies")).Status), TimeSpan.FromSeconds(10));
            setup = node.Setup;
            await node.KillAsync();
        }

        await using var again = await TidegateProcess.ServeAsync(setup);
        await new CallLog(again).OpenAsync();
        var shown = await again.CliAsync("calls", "show", id, "--bodies", "-o", "json");
        shown.Ends();
        var bodies = JsonNode.Parse(shown.Output)!;
        Assert.Contains("my key is [secret], keep it", (string)bodies["request"]!["text"]!, StringComparison.Ordinal);
        Assert.Contains("my key is [secret], keep it", (string)bodies["answer"]!["text"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("abcdefgh", shown.Output, StringComparison.Ordinal);
        Assert.Contains("calls.bodies", (await again.CliAsync("audit", "list")).Output, StringComparison.Ordinal);

        var erased = await again.CliAsync("calls", "erase", "--consumer", "tests", "-o", "json");
        erased.Ends();
        Assert.Equal((1, 1), ((int)JsonNode.Parse(erased.Output)!["calls"]!, (int)JsonNode.Parse(erased.Output)!["bodies"]!));
        (await again.CliAsync("calls", "show", id)).Ends(7);
        await again.StopAsync();
        foreach (var file in Directory.GetFiles(data.Path, "*", SearchOption.AllDirectories).Where(f => f.Contains("/calls/", StringComparison.Ordinal) || f.Contains("/bodies/", StringComparison.Ordinal)))
            Assert.True((await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)).AsSpan().IndexOf("k_tests"u8) < 0, $"{file} has a call of theirs");
    }

    private static async Task<string> AskAsync(TidegateProcess node)
    {
        using var client = new HttpClient { BaseAddress = node.Traffic };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ConfigFiles.Key);
        using var content = new StringContent($$"""{"model":"fast","stream":true,"messages":[{"role":"user","content":"my key is {{Secret}}, keep it"}]}""", Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync("/v1/chat/completions", content, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, text);
        return answer.Headers.GetValues("X-Tidegate-Call-Id").Single();
    }
}
