using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Tidegate.Core.Calls;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models;

/// <summary>What callers send that cannot be answered: the dialect's own error, and a record each time.</summary>
public sealed class BadInputTests
{
    [Theory]
    [InlineData("", 400)]
    [InlineData("{", 400)]
    [InlineData("[]", 400)]
    [InlineData("null", 400)]
    [InlineData("{}", 400)]
    [InlineData("""{"model":7}""", 400)]
    [InlineData("""{"model":""}""", 400)]
    [InlineData("""{"model":"\ud800"}""", 400)]
    [InlineData("""{"model":"fast"} trailing""", 400)]
    [InlineData("""{"model":"fats"}""", 404)]
    public async Task Semantics1_7_BadRequests_AreToldInTheDialect(string body, int status)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        await using var gateway = await StartAsync(upstream);

        var (seen, answer) = await gateway.AskAsync(body);

        Assert.Equal(status, seen);
        var error = JsonNode.Parse(answer)!["error"]!;
        Assert.NotEmpty(error["message"]!.GetValue<string>());
        Assert.NotEmpty(error["type"]!.GetValue<string>());
        Assert.Equal(0, upstream.Calls);
        Assert.NotEqual(CallOutcome.Ok, (await gateway.Calls.NextAsync()).Outcome);
    }

    [Fact]
    public async Task UnknownModel_NamesTheNearest()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        await using var gateway = await StartAsync(upstream);

        Assert.Contains("Did you mean", (await gateway.AskAsync("""{"model":"fsat"}""")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InvalidUtf8_Is400()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        await using var gateway = await StartAsync(upstream);
        byte[] body = [.. "{\"model\":\"fast\",\"messages\":\""u8, 0xff, .. "\"}"u8];

        using var answer = await gateway.SendAsync(HttpMethod.Post, "/v1/chat/completions", null, new ByteArrayContent(body));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("UTF-8", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ModelNotAllowedForTheKey_Is403()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        await using var gateway = await StartAsync(m => m with { Consumers = ["somebody"] }, upstream);

        var (status, body) = await gateway.AskAsync(Ask);

        Assert.Equal(403, status);
        Assert.Contains("may not use", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prompt_Of400Kilobytes_PassesWhole()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        await using var gateway = await StartAsync(upstream);
        var text = new string('a', 400_000);

        Assert.Equal(200, (await gateway.AskAsync($$"""{"model":"fast","messages":[{"role":"user","content":"{{text}}"}]}""")).Status);
        Assert.Contains(text, upstream.Bodies[0], StringComparison.Ordinal);
    }

    // Readers differ in which of two counts: a model nobody allowed must not slip through beside one that is.
    [Theory]
    [InlineData("""{"model":"m-secret","model":"fast","messages":[]}""", "model")]
    [InlineData("""{"mod\u0065l":"m-secret","model":"fast","messages":[]}""", "model")]
    [InlineData("""{"model":"fast","stream":true,"messages":[],"stream":false}""", "stream")]
    public async Task WhatDecides_TwiceInTheBody_Is400(string body, string name)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        await using var gateway = await StartAsync(upstream);

        var (status, answer) = await gateway.AskAsync(body);

        Assert.Equal(400, status);
        Assert.Contains($"\\u0022{name}\\u0022 stands in the body twice", answer, StringComparison.Ordinal);
        Assert.Equal(0, upstream.Calls);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("\"yes\"")]
    [InlineData("[true]")]
    public async Task Stream_OfAnotherType_Is400(string value)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        await using var gateway = await StartAsync(upstream);

        var (status, answer) = await gateway.AskAsync($$"""{"model":"fast","stream":{{value}},"messages":[]}""");

        Assert.Equal(400, status);
        Assert.Contains("stream: must be true or false", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CompressedBodies_AreRefusedByName()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        await using var gateway = await StartAsync(upstream);
        using var content = new ByteArrayContent([0x1f, 0x8b, 8, 0]);
        content.Headers.ContentEncoding.Add("gzip");

        using var answer = await gateway.SendAsync(HttpMethod.Post, "/v1/chat/completions", null, content);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Contains("gzip", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/models/fast", null, """{"id":"fast","object":"model",""")]
    [InlineData("/v1/models/fast", "anthropic-version", """{"type":"model","id":"fast",""")]
    [InlineData("/v1beta/models/fast", null, """{"name":"models/fast",""")]
    public async Task Models_AreShownOneByOne(string path, string? header, string expected)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        await using var gateway = await StartAsync(upstream);

        using var answer = await gateway.SendAsync(HttpMethod.Get, path, h => { if (header is not null) h.TryAddWithoutValidation(header, "2023-06-01"); });
        using var unknown = await gateway.SendAsync(HttpMethod.Get, path.Replace("fast", "fsat", StringComparison.Ordinal));

        Assert.StartsWith(expected, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Contains("Did you mean", await unknown.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_AreListed()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        await using var gateway = await StartAsync(upstream);

        using var answer = await gateway.GetAsync("/v1/models");

        var list = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal("fast", list["data"]![0]!["id"]!.GetValue<string>());
    }
}
