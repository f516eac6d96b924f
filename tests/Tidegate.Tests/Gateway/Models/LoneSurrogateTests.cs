using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Guardrails;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Routes;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models;

/// <summary>Half a character is legal JSON and no legal text: as a name, as a word, in a schema. Never a 500 of ours.</summary>
public sealed class LoneSurrogateTests
{
    private const string Lone = "\"\\ud83e\"";
    private const string Answer = """{"id":"c1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"{}"},"finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10,"prompt_tokens_details":{"cached_tokens":1}}}""";

    private static readonly (string Path, string Body)[] Faces =
    [
        ("/v1/chat/completions", """{"model":"fast","user":"u","seed":1,"messages":[{"role":"user","content":[{"type":"text","text":"hi"},{"type":"image_url","image_url":{"url":"http://x.example/a.png"}}]},{"role":"assistant","tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"c","content":"x"}],"tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object","properties":{"a":{"type":"string"}}}}}],"tool_choice":{"type":"function","function":{"name":"f"}},"response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"object"}}},"stream_options":{"include_usage":true}}"""),
        ("/v1/responses", """{"model":"fast","store":true,"previous_response_id":null,"input":[{"type":"message","role":"user","content":[{"type":"input_text","text":"hi"}]},{"type":"function_call","call_id":"c","name":"f","arguments":"{}"},{"type":"function_call_output","call_id":"c","output":"x"}],"tools":[{"type":"function","name":"f","parameters":{"type":"object"}}],"text":{"format":{"type":"json_schema","name":"n","schema":{"type":"object"}}}}"""),
        ("/v1/messages", """{"model":"fast","max_tokens":5,"system":[{"type":"text","text":"s","cache_control":{"type":"ephemeral"}}],"messages":[{"role":"user","content":[{"type":"text","text":"hi"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAA"}}]},{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","input":{"a":"b"}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":[{"type":"text","text":"r"}]}]}],"tools":[{"name":"f","input_schema":{"type":"object"}}],"tool_choice":{"type":"tool","name":"f"}}"""),
        ("/v1beta/models/fast:generateContent", """{"contents":[{"role":"user","parts":[{"text":"hi"},{"inlineData":{"mimeType":"image/png","data":"AAAA"}}]},{"role":"model","parts":[{"functionCall":{"name":"f","args":{"a":"b"}}}]},{"role":"user","parts":[{"functionResponse":{"name":"f","response":{"r":"x"}}}]}],"tools":[{"functionDeclarations":[{"name":"f","parameters":{"type":"OBJECT","properties":{"a":{"type":"STRING"}}}}]}],"generationConfig":{"responseMimeType":"application/json","responseSchema":{"type":"OBJECT"}}}"""),
        ("/api/chat", """{"model":"fast","stream":false,"messages":[{"role":"user","content":"hi"},{"role":"assistant","tool_calls":[{"function":{"name":"f","arguments":{"a":"b"}}}]},{"role":"tool","tool_name":"f","content":"x"}],"tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}],"format":{"type":"object"},"options":{"stop":["a"]}}"""),
        ("/v1/completions", """{"model":"fast","prompt":"hi","user":"u"}"""),
        ("/v1/embeddings", """{"model":"fast","input":["hi"],"user":"u"}"""),
        ("/v1beta/models/fast:batchEmbedContents", """{"requests":[{"model":"models/fast","content":{"parts":[{"text":"hi"}]},"taskType":"RETRIEVAL_QUERY"}]}"""),
        ("/v1/rerank", """{"model":"fast","query":"q","documents":["a"]}"""),
    ];

    public static TheoryData<string, string> Vendors => [.. new[] { "openai-compatible", "anthropic", "gemini", "cohere", "bedrock", "ollama", "mistral" }.SelectMany(v => Faces.Select(f => new TheoryDataRow<string, string>(v, f.Path)))];

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task InPlaceOfAnyNameAndAnyText_IsNoFaultOfOurs(string vendor, string path)
    {
        await using var upstream = await ChatUpstream.StartAsync(Json(200, Answer));
        await using var gateway = await TestGateway.StartAsync(Document(vendor, upstream));
        var count = 0;
        foreach (var broken in Broken(Faces.First(f => f.Path == path).Body))
        {
            var (status, answer) = await gateway.AskAsync(broken, path);
            Assert.True(status != 500, $"{broken}: {answer}");
            Assert.NotEqual(CallOutcome.GatewayError, (await gateway.Calls.NextAsync()).Outcome);
            count++;
        }

        Assert.True(count > 5);
    }

    [Fact]
    public async Task BesideOtherNames_WhatTheySayCounts()
    {
        await using var upstream = await ChatUpstream.StartAsync(Json(200, Answer));
        await using var gateway = await StartAsync(m => m with { Cache = new AnswerCacheConfig() }, upstream);
        var body = $$"""{{{Lone}}:1,"model":"fast","temperature":0,"messages":[{"role":"user","content":"hi"}]}""";

        Assert.Equal(200, (await gateway.AskAsync(body)).Status);
        Assert.Equal(200, (await gateway.AskAsync(body)).Status);

        Assert.Equal(1, upstream.Calls); // temperature 0 was found: the second one came from the cache
    }

    [Fact]
    public async Task InAnAnswer_IsNoFaultOfOurs()
    {
        foreach (var path in new[] { "/v1/chat/completions", "/v1/messages", "/v1/responses" })
            foreach (var broken in Broken(Answer))
            {
                await using var upstream = await ChatUpstream.StartAsync(Json(200, broken));
                await using var gateway = await TestGateway.StartAsync(Document("openai-compatible", upstream));
                var (status, answer) = await gateway.AskAsync(Faces.First(f => f.Path == path).Body, path);
                Assert.True(status != 500, $"{broken}: {answer}");
                Assert.NotEqual(CallOutcome.GatewayError, (await gateway.Calls.NextAsync()).Outcome);
            }
    }

    // One name or text after the other.
    private static IEnumerable<string> Broken(string body)
    {
        for (var from = body.IndexOf('"', StringComparison.Ordinal); from >= 0;)
        {
            var to = body.IndexOf('"', from + 1) + 1;
            yield return body[..from] + Lone + body[to..];
            from = body.IndexOf('"', to);
        }
    }

    private static Tidegate.Core.Resources.ConfigDocument Document(string vendor, ChatUpstream upstream)
    {
        var provider = Provider("p1", upstream.Address);
        provider = provider with { Spec = provider.Spec with { Vendor = vendor, Address = vendor is "openai-compatible" or "mistral" ? provider.Spec.Address : upstream.Address, Region = "eu-west-1", Keys = [new() { Name = "k", Secret = "secret:two" }], Breaker = null } };
        return Config.Document(
            provider,
            Guarding.GuardSetup.Guardrail("shape", new GuardrailConfig { CheckSchema = true, Detect = [new DetectConfig { Type = DetectType.Email }] }),
            Model("fast", new ModelConfig { Targets = [new TargetConfig { Provider = "p1", Model = "m" }], MaxAttempts = 1, Sticky = new StickyConfig(), Cache = new AnswerCacheConfig(), Guardrails = ["shape"] }),
            Config.Route("models", new RouteConfig { Models = new ModelsConfig(), Identify = Config.Anyone }));
    }
}
