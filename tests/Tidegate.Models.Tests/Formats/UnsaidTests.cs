using Tidegate.Models.Formats;
using Tidegate.Models.Formats.AnthropicMessages;
using Tidegate.Models.Formats.BedrockConverse;
using Tidegate.Models.Formats.CohereChat;
using Tidegate.Models.Formats.Gemini;
using Tidegate.Models.Formats.OllamaChat;
using Tidegate.Models.Formats.OpenAiChat;
using Tidegate.Models.Formats.OpenAiResponses;

namespace Tidegate.Models.Tests.Formats;

/// <summary>Nothing is lost without a word: what changes the answer cannot be expressed, what does not is a hint.</summary>
public sealed class UnsaidTests
{
    private const string Chat = """{"model":"m","messages":[{"role":"user","content":"x"}],""";
    private const string Claude = """{"model":"m","max_tokens":5,"messages":[{"role":"user","content":[""";

    [Theory]
    [InlineData("openai_chat", Chat + "\"metadata\":{\"a\":\"b\"}}", "anthropic", "", "metadata")]
    [InlineData("openai_chat", Chat + "\"metadata\":{\"a\":\"b\"}}", "gemini", "", "metadata")]
    [InlineData("openai_chat", Chat + "\"user\":\"u\"}", "anthropic", "", "")]
    [InlineData("openai_chat", Chat + "\"user\":\"u\"}", "gemini", "", "user")]
    [InlineData("openai_chat", Chat + "\"user\":\"u\"}", "bedrock", "", "user")]
    [InlineData("openai_chat", Chat + "\"user\":\"u\"}", "cohere", "", "user")]
    [InlineData("openai_chat", Chat + "\"user\":\"u\"}", "ollama", "", "user")]
    [InlineData("openai_chat", Chat + "\"safety_identifier\":\"s\"}", "anthropic", "", "")]
    [InlineData("openai_chat", Chat + "\"user\":\"u\",\"safety_identifier\":\"s\"}", "anthropic", "", "safety_identifier")]
    [InlineData("openai_chat", Chat + "\"prompt_cache_key\":\"k\",\"prompt_cache_retention\":\"24h\"}", "anthropic", "", "prompt_cache_key prompt_cache_retention")]
    [InlineData("openai_chat", Chat + "\"service_tier\":\"flex\"}", "anthropic", "", "service_tier")]
    [InlineData("openai_chat", Chat + "\"service_tier\":\"auto\"}", "anthropic", "", "")]
    [InlineData("openai_responses", """{"model":"m","input":"x","user":"u","safety_identifier":"s","metadata":{"a":"b"},"service_tier":"priority"}""", "anthropic", "", "safety_identifier metadata service_tier")]
    [InlineData("openai_chat", """{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,aGk=","detail":"low"}}]}]}""", "anthropic", "", "messages[0].parts[0].detail")]
    [InlineData("openai_chat", """{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,aGk=","detail":"low"}}]}]}""", "responses", "", "")]
    [InlineData("openai_chat", """{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,aGk=","detail":"auto"}}]}]}""", "gemini", "", "")]
    [InlineData("openai_chat", Chat + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"strict\":true}}]}", "gemini", "tools[0].strict", "")]
    [InlineData("openai_chat", Chat + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"strict\":false}}]}", "gemini", "", "")]
    [InlineData("openai_chat", Chat + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"strict\":true}}]}", "anthropic", "", "")]
    [InlineData("anthropic", Claude + "{\"type\":\"document\",\"source\":{\"type\":\"text\",\"media_type\":\"text/plain\",\"data\":\"d\"},\"citations\":{\"enabled\":true}}]}]}", "openai", "messages[0].parts[0].citations", "")]
    [InlineData("anthropic", Claude + "{\"type\":\"document\",\"source\":{\"type\":\"text\",\"media_type\":\"text/plain\",\"data\":\"d\"},\"citations\":{\"enabled\":true}}]}]}", "responses", "messages[0].parts[0].citations", "")]
    [InlineData("anthropic", Claude + "{\"type\":\"text\",\"text\":\"x\",\"cache_control\":{\"type\":\"ephemeral\"}}]}],\"service_tier\":\"standard_only\"}", "gemini", "", "service_tier cache_control")]
    [InlineData("anthropic", Claude + "{\"type\":\"text\",\"text\":\"x\",\"cache_control\":{\"type\":\"ephemeral\"}}]}]}", "bedrock", "", "")]
    [InlineData("gemini", """{"contents":[{"parts":[{"text":"x"}]}],"labels":{"a":"b"}}""", "openai", "", "labels")]
    [InlineData("ollama", Chat + "\"keep_alive\":\"5m\"}", "openai", "", "keep_alive")]
    public void WhatATargetCannotSay_IsTold(string face, string body, string target, string fields, string hints)
    {
        var issues = new FormatIssues();
        var request = Face(face).ReadRequest(FormatRun.Json(body), issues)!;
        FormatRun.Text(json => Target(target).WriteRequest(request, json, issues));

        Assert.Equal((fields, hints, false), (string.Join(' ', FormatRun.Fields(issues)), string.Join(' ', FormatRun.Hints(issues)), issues.HasErrors));
    }

    private static IFaceFormat Face(string name) => name switch
    {
        "openai_responses" => new OpenAiResponsesFormat(),
        "anthropic" => new AnthropicMessagesFormat(),
        "gemini" => new GeminiFormat(),
        "ollama" => new OllamaChatFormat(),
        _ => new OpenAiChatFormat(),
    };

    private static ITargetFormat Target(string name) => name switch
    {
        "responses" => new OpenAiResponsesFormat(),
        "anthropic" => new AnthropicMessagesFormat(),
        "gemini" => new GeminiFormat(),
        "bedrock" => new BedrockConverseFormat(),
        "cohere" => new CohereChatFormat(),
        "ollama" => new OllamaChatFormat(),
        _ => new OpenAiChatFormat(),
    };
}
