using System.Text.Json.Nodes;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Models;
using Tidegate.Tests.Gateway.Models.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models;

/// <summary>Every face reaches a target of another format: the way through the gateway, not the details of the formats (those are in Tidegate.Models.Tests).</summary>
public sealed class TranslationTests
{
    private const string Anthropic = """{"model":"fast","max_tokens":50,"messages":[{"role":"user","content":"hi"}]}""";
    private const string Responses = """{"model":"fast","input":"hi"}""";
    private const string Gemini = """{"contents":[{"role":"user","parts":[{"text":"hi"}]}]}""";
    private const string Ollama = """{"model":"fast","stream":false,"messages":[{"role":"user","content":"hi"}]}""";

    [Theory]
    [InlineData("/v1/messages", Anthropic, "content[0].text")]
    [InlineData("/v1/responses", Responses, "output[0].content[0].text")]
    [InlineData("/v1beta/models/fast:generateContent", Gemini, "candidates[0].content.parts[0].text")]
    [InlineData("/api/chat", Ollama, "message.content")]
    public async Task Semantics2_11_WholeAnswer_OfAnotherFormat_IsTranslated(string path, string request, string text)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("hello"));
        await using var gateway = await StartAsync(upstream);

        var (status, body) = await gateway.AskAsync(request, path);

        Assert.True(status == 200, body);
        Assert.Equal("hello", At(JsonNode.Parse(body)!, text));
        var sent = JsonNode.Parse(upstream.Bodies[0])!;
        Assert.Equal(("m-p1", "hi"), (sent["model"]!.GetValue<string>(), sent["messages"]![0]!["content"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("/v1/messages", """{"model":"fast","max_tokens":50,"stream":true,"messages":[{"role":"user","content":"hi"}]}""", "event: message_stop")]
    [InlineData("/v1/responses", """{"model":"fast","input":"hi","stream":true}""", "response.completed")]
    [InlineData("/v1beta/models/fast:streamGenerateContent?alt=sse", Gemini, "\"finishReason\":\"STOP\"")]
    [InlineData("/v1beta/models/fast:streamGenerateContent", Gemini, "\"finishReason\":\"STOP\"")]
    [InlineData("/api/chat", """{"model":"fast","messages":[{"role":"user","content":"hi"}]}""", "\"done\":true")]
    public async Task Semantics2_11_Stream_OfAnotherFormat_IsTranslatedToItsCleanEnd(string path, string request, string end)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("hello"));
        await using var gateway = await StartAsync(upstream);

        var (status, body) = await gateway.AskAsync(request, path);

        Assert.True(status == 200, body);
        Assert.Contains("hello", body, StringComparison.Ordinal);
        Assert.Contains(end, body, StringComparison.Ordinal);
        Assert.Equal(CallOutcome.Ok, (await gateway.Calls.NextAsync()).Outcome);
    }

    [Theory]
    [InlineData("/v1/messages", """{"model":"fast","max_tokens":50,"stream":true,"messages":[{"role":"user","content":"hi"}]}""", "event: error", "message_stop")]
    [InlineData("/v1/responses", """{"model":"fast","input":"hi","stream":true}""", "response.failed", "response.completed")]
    public async Task Semantics2_5_FailureAfterCommit_IsToldInTheCallersFormat(string path, string request, string failure, string cleanEnd)
    {
        await using var upstream = await ChatUpstream.StartAsync(Streams(Role, Content("so far"), Gate, Cut));
        await using var gateway = await StartAsync(upstream);

        using var answer = await gateway.PostAsync(request, path);
        upstream.Seen.SetResult();
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Contains("so far", body, StringComparison.Ordinal);
        Assert.Contains(failure, body, StringComparison.Ordinal);
        Assert.DoesNotContain(cleanEnd, body, StringComparison.Ordinal);
        Assert.Equal(CallOutcome.Truncated, (await gateway.Calls.NextAsync()).Outcome);
    }

    [Theory]
    [InlineData(InexpressibleMode.Refuse, 400)]
    [InlineData(InexpressibleMode.Drop, 200)]
    public async Task Semantics2_11_WhatATargetCannotExpress_IsNamed(InexpressibleMode mode, int expected)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("hello"));
        await using var gateway = await StartAsync(m => m with { Inexpressible = mode }, upstream);

        using var answer = await gateway.PostAsync("""{"model":"fast","max_tokens":50,"container":"c","messages":[{"role":"user","content":"hi"}]}""", "/v1/messages");
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(expected, (int)answer.StatusCode);
        Assert.Contains("container", expected == 400 ? body : answer.Headers.GetValues("X-Tidegate-Dropped").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/messages", "error.type", "not_found_error")]
    [InlineData("/v1beta/models/nope:generateContent", "error.status", "NOT_FOUND")]
    public async Task Semantics1_7_Refusals_AreToldInTheDialect(string path, string at, string expected)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("hello"));
        await using var gateway = await StartAsync(upstream);

        var (status, body) = await gateway.AskAsync("""{"model":"nope","max_tokens":1,"messages":[]}""", path);

        Assert.Equal(404, status);
        Assert.Equal(expected, At(JsonNode.Parse(body)!, at));
    }

    private static string At(JsonNode node, string path)
    {
        foreach (var step in path.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.'))
            node = int.TryParse(step, out var index) ? node[index]! : node[step]!;
        return node.GetValue<string>();
    }
}
