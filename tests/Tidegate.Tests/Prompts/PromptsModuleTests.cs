using System.Text.Json.Nodes;
using Tidegate.Cli;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Prompts;

/// <summary>The life of a prompt: applied, looked at, tried out, called, released, rolled back, found in the call log. Over the real admin API, by the verbs, and through the real gateway.</summary>
public sealed class PromptsModuleTests : IAsyncLifetime
{
    private const string Triage = """
        apiVersion: tidegate/v1
        kind: Prompt
        metadata: { name: triage }
        spec:
          description: Sorts tickets.
          release: 1
          versions:
          - version: 1
            model: fast
            messages:
            - { role: system, template: "Sort tickets." }
            - { template: "{{ ticket }}{% for tag in tags %} #{{ tag }}{% endfor %}" }
            variables:
            - { name: ticket }
            - { name: tags, type: array, items: string, required: false }
          - version: 2
            description: Shorter.
            canary: 0
            model: fast
            messages: [ { template: "Sort: {{ ticket }}" } ]
            variables: [ { name: ticket } ]
        """;

    private ModelNode _node = null!;

    public async ValueTask InitializeAsync()
    {
        _node = await ModelNode.StartAsync();
        await _node.ApplyAsync(Triage);
    }

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task ReleaseAndRollback_MakeRevisions_ThatTheGatewayFollows()
    {
        Assert.Equal("1", (string?)(await _node.CallAsync("/v1/prompts/triage", """{"ticket":"x"}"""))["version"]);

        var (code, terminal) = await _node.RunAsync("prompts", "release", "triage", "2", "-m", "shorter answers");
        Assert.Equal((ExitCode.Ok, "", "Revision 2: the prompt triage answers with version 2; before it was 1.\n"), (code, terminal.Errors, terminal.Output));
        Assert.Equal("2", (string?)(await _node.CallAsync("/v1/prompts/triage", """{"ticket":"x"}"""))["version"]);
        Assert.Equal("1", (string?)(await _node.CallAsync("/v1/prompts/triage/versions/1", """{"ticket":"x"}"""))["version"]);

        (code, terminal) = await _node.RunAsync("prompts", "rollback", "triage");
        Assert.Equal((ExitCode.Ok, "Revision 3: the prompt triage answers with version 1; before it was 2.\n"), (code, terminal.Output));
        Assert.Equal("1", (string?)(await _node.CallAsync("/v1/prompts/triage", """{"ticket":"x"}"""))["version"]);

        var revisions = JsonNode.Parse((await _node.RunAsync("revisions", "-o", "json")).Terminal.Output)!.AsArray();
        Assert.Equal(["prompt triage: release 1 instead of 2", "shorter answers", ""], revisions.Select(r => (string?)r!["message"]));
        Assert.Equal(["0 added, 1 changed, 0 removed", "0 added, 1 changed, 0 removed"], revisions.Take(2).Select(r => (string?)r!["summary"]));
        Assert.Contains("spec.release: \"1\" -> \"2\"", (await _node.RunAsync("diff", "1", "2")).Terminal.Output, StringComparison.Ordinal);
        Assert.Equal("Nothing to do: version 1 is released already.\n", (await _node.RunAsync("prompts", "release", "triage", "1")).Terminal.Output);
    }

    [Theory]
    [InlineData(new[] { "prompts", "release", "triage", "3" }, ExitCode.Usage, "has no version 3")]
    [InlineData(new[] { "prompts", "release", "traige", "1" }, ExitCode.NotFound, "There is no Prompt/traige")]
    [InlineData(new[] { "prompts", "rollback", "triage" }, ExitCode.Failed, "No other version of triage was released")]
    [InlineData(new[] { "prompts", "show", "traige" }, ExitCode.NotFound, "There is no prompt traige")]
    [InlineData(new[] { "prompts", "render", "triage", "--version", "9", "--var", "ticket=x" }, ExitCode.NotFound, "There is no version 9 of prompt triage")]
    [InlineData(new[] { "prompts", "render", "triage", "--var", "ticket" }, ExitCode.Usage, "gives no value")]
    [InlineData(new[] { "prompts", "render", "triage", "--vars", "/nowhere.json" }, ExitCode.Usage, "Cannot read /nowhere.json")]
    public async Task Verbs_GivenWhatIsNotThere_SayHow(string[] words, int expected, string told)
    {
        var (code, terminal) = await _node.RunAsync(words);

        Assert.Equal(expected, code);
        Assert.Contains(told, terminal.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_ShowsTheMessages_AndAsksNobody()
    {
        var (code, terminal) = await _node.RunAsync("prompts", "render", "triage", "--var", "ticket=a=b {{ tags }}", "--var", "tags=[\"x\",\"y\"]");

        Assert.Equal((ExitCode.Ok, "--- system\nSort tickets.\n--- user\na=b {{ tags }} #x #y\n", "Version 1, for the model fast.\n"), (code, terminal.Output, terminal.Errors));
        (_, terminal) = await _node.RunWithAsync("""{"ticket":"from a file"}""", "prompts", "render", "triage", "--version", "2", "--vars", "-", "-o", "json");
        Assert.Equal("""[{"role":"user","text":"Sort: from a file"}]""", JsonNode.Parse(terminal.Output)!["messages"]!.ToJsonString());
        Assert.Empty(_node.Told);
    }

    [Fact]
    public async Task Render_WrongValues_AreAllTold()
    {
        var (code, terminal) = await _node.RunAsync("prompts", "render", "triage", "--var", "tags=x", "--var", "tiket=y");

        Assert.Equal(ExitCode.Invalid, code);
        foreach (var text in (string[])["3 things are wrong", "Prompt/triage variables.tags: Expected a list", "variables.tiket: There is no such variable. Did you mean \"ticket\"?", "variables.ticket: It is missing"])
            Assert.Contains(text, terminal.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListAndShow_TellVersionsVariablesAndPaths()
    {
        var (_, list) = await _node.RunAsync("prompts", "list");
        var (_, show) = await _node.RunAsync("prompts", "show", "triage");

        Assert.Equal(["triage", "1", "1", "2", "fast", "/v1/prompts/triage"], list.Output.Split('\n')[1].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        foreach (var text in (string[])["Sorts tickets.", "/v1/prompts/triage/openapi.json", "released", "pinned only", "ticket:string tags:array?", "Shorter."]) Assert.Contains(text, show.Output, StringComparison.Ordinal);
        Assert.Equal("triage", (string?)JsonNode.Parse((await _node.RunAsync("prompts", "list", "-o", "json")).Terminal.Output)![0]!["name"]);
    }

    [Fact]
    public async Task Calls_AreFoundByPrompt_AndSummedByIt()
    {
        await _node.CallAsync("/v1/prompts/triage", """{"ticket":"x"}""");
        await _node.CallAsync("/v1/prompts/triage/versions/2", """{"ticket":"x"}""");
        await _node.CallAsync("/v1/chat/completions", """{"model":"fast","messages":[{"role":"user","content":"hi"}]}""");

        var calls = await EventuallyAsync(["calls", "--where", "prompt = triage", "-o", "json"], 2);
        Assert.Equal(["1", "2"], calls.Select(c => (string?)c!["version"]).Order(StringComparer.Ordinal));
        Assert.All(calls, c => Assert.Equal(("triage", 20), ((string?)c!["prompt"], (int)c["use"]!["inputTokens"]!)));
        var top = JsonNode.Parse((await _node.RunAsync("calls", "--top", "prompt", "--where", "prompt != ''", "-o", "json")).Terminal.Output)!;
        Assert.Contains("\"triage\"", top.ToJsonString(), StringComparison.Ordinal);
    }

    // The log is written within a second after the call.
    private async Task<JsonArray> EventuallyAsync(string[] words, int count)
    {
        while (true)
        {
            var (code, terminal) = await _node.RunAsync(words);
            Assert.True(code == ExitCode.Ok, terminal.Errors);
            var found = JsonNode.Parse(terminal.Output)!.AsArray();
            if (found.Count >= count) return found;
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
