using Tidegate.Models.Formats;

namespace Tidegate.Models.Tests.Formats;

/// <summary>Nothing is lost without a word: what changes the answer cannot be expressed, what does not is a hint.</summary>
public sealed class UnsaidTests
{
    private const string Chat = """{"model":"m","messages":[{"role":"user","content":"x"}],""";
    private const string Claude = """{"model":"m","max_tokens":5,"messages":[{"role":"user","content":[""";

    [Theory]
    [InlineData("chat", Chat + "\"metadata\":{\"a\":\"b\"}}", "anthropic", "", "metadata")]
    [InlineData("chat", Chat + "\"metadata\":{\"a\":\"b\"}}", "gemini", "", "metadata")]
    [InlineData("chat", Chat + "\"user\":\"u\"}", "anthropic", "", "")]
    [InlineData("chat", Chat + "\"user\":\"u\"}", "gemini", "", "user")]
    [InlineData("chat", Chat + "\"user\":\"u\"}", "bedrock", "", "user")]
    [InlineData("chat", Chat + "\"user\":\"u\"}", "cohere", "", "user")]
    [InlineData("chat", Chat + "\"user\":\"u\"}", "ollama", "", "user")]
    [InlineData("chat", Chat + "\"safety_identifier\":\"s\"}", "anthropic", "", "")]
    [InlineData("chat", Chat + "\"user\":\"u\",\"safety_identifier\":\"s\"}", "anthropic", "", "safety_identifier")]
    [InlineData("chat", Chat + "\"prompt_cache_key\":\"k\",\"prompt_cache_retention\":\"24h\"}", "anthropic", "", "prompt_cache_key prompt_cache_retention")]
    [InlineData("chat", Chat + "\"service_tier\":\"flex\"}", "anthropic", "", "service_tier")]
    [InlineData("chat", Chat + "\"service_tier\":\"auto\"}", "anthropic", "", "")]
    [InlineData("responses", """{"model":"m","input":"x","user":"u","safety_identifier":"s","metadata":{"a":"b"},"service_tier":"priority"}""", "anthropic", "", "safety_identifier metadata service_tier")]
    [InlineData("chat", """{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,aGk=","detail":"low"}}]}]}""", "anthropic", "", "messages[0].parts[0].detail")]
    [InlineData("chat", """{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,aGk=","detail":"low"}}]}]}""", "responses", "", "")]
    [InlineData("chat", """{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,aGk=","detail":"auto"}}]}]}""", "gemini", "", "")]
    [InlineData("chat", Chat + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"strict\":true}}]}", "gemini", "tools[0].strict", "")]
    [InlineData("chat", Chat + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"strict\":false}}]}", "gemini", "", "")]
    [InlineData("chat", Chat + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"strict\":true}}]}", "anthropic", "", "")]
    [InlineData("anthropic", Claude + "{\"type\":\"document\",\"source\":{\"type\":\"text\",\"media_type\":\"text/plain\",\"data\":\"d\"},\"citations\":{\"enabled\":true}}]}]}", "chat", "messages[0].parts[0].citations", "")]
    [InlineData("anthropic", Claude + "{\"type\":\"document\",\"source\":{\"type\":\"text\",\"media_type\":\"text/plain\",\"data\":\"d\"},\"citations\":{\"enabled\":true}}]}]}", "responses", "messages[0].parts[0].citations", "")]
    [InlineData("anthropic", Claude + "{\"type\":\"text\",\"text\":\"x\",\"cache_control\":{\"type\":\"ephemeral\"}}]}],\"service_tier\":\"standard_only\"}", "gemini", "", "service_tier cache_control")]
    [InlineData("anthropic", Claude + "{\"type\":\"text\",\"text\":\"x\",\"cache_control\":{\"type\":\"ephemeral\"}}]}]}", "bedrock", "", "")]
    [InlineData("gemini", """{"contents":[{"parts":[{"text":"x"}]}],"labels":{"a":"b"}}""", "chat", "", "labels")]
    [InlineData("ollama", Chat + "\"keep_alive\":\"5m\"}", "chat", "", "keep_alive")]
    public void WhatATargetCannotSay_IsTold(string face, string body, string target, string fields, string hints)
    {
        var issues = new FormatIssues();
        var request = FormatNamed.Face(face).ReadRequest(FormatRun.Json(body), issues)!;
        FormatRun.Text(json => FormatNamed.Target(target).WriteRequest(request, json, issues));

        Assert.Equal((fields, hints, false), (string.Join(' ', FormatRun.Fields(issues)), string.Join(' ', FormatRun.Hints(issues)), issues.HasErrors));
    }
}
