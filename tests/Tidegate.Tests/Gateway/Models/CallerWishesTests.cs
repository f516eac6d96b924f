using Microsoft.AspNetCore.Http;
using Tidegate.Core.Resources.Providers;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models;

/// <summary>What callers say of the API beside the body goes on to providers of the same format (semantics 2.11), and is named where it does not.</summary>
public sealed class CallerWishesTests
{
    private const string Message = """{"model":"fast","max_tokens":5,"messages":[{"role":"user","content":"hi"}]}""";
    private const string Answer = """{"id":"m","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"x"}],"stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":1}}""";

    [Fact]
    public async Task AnthropicToAnthropic_BetaVersionAndQuery_GoOn()
    {
        var (headers, path) = (new HeaderDictionary(), "");
        await using var upstream = await ChatUpstream.StartAsync(Note);
        await using var gateway = await StartAsync("anthropic", upstream);

        using var answer = await gateway.PostAsync(Message, "/v1/messages?beta=true&other=1", ("anthropic-beta", "files-api-2025-04-14,context-1m-2025-08-07"), ("anthropic-version", "2024-01-01"));

        Assert.Equal(("files-api-2025-04-14,context-1m-2025-08-07", "2024-01-01", "/v1/messages?beta=true"), (headers["anthropic-beta"].ToString(), headers["anthropic-version"].ToString(), path));
        Assert.False(answer.Headers.Contains("X-Tidegate-Dropped"));

        Task Note(HttpContext context)
        {
            foreach (var (name, value) in context.Request.Headers) headers[name] = value;
            path = context.Request.Path + context.Request.QueryString;
            return Json(200, Answer)(context);
        }
    }

    [Fact]
    public async Task AnthropicToAnthropic_NothingSaid_TheVersionIsOurs()
    {
        var (version, path) = ("", "");
        await using var upstream = await ChatUpstream.StartAsync(context =>
        {
            (version, path) = (context.Request.Headers["anthropic-version"].ToString(), context.Request.Path + context.Request.QueryString);
            return Json(200, Answer)(context);
        });
        await using var gateway = await StartAsync("anthropic", upstream);

        using var answer = await gateway.PostAsync(Message, "/v1/messages");

        Assert.Equal(("2023-06-01", "/v1/messages"), (version, path));
    }

    [Fact]
    public async Task ProvidersDocumentNamesAVersion_ItStands()
    {
        var version = "";
        await using var upstream = await ChatUpstream.StartAsync(context =>
        {
            version = context.Request.Headers["anthropic-version"].ToString();
            return Json(200, Answer)(context);
        });
        var provider = Provider("p1", upstream.Address);
        provider = provider with { Spec = provider.Spec with { Vendor = "anthropic", Address = upstream.Address, Keys = [new ProviderKeyConfig { Name = "k", Secret = "s" }], Headers = new Dictionary<string, string> { ["anthropic-version"] = "2025-05-05" } } };
        await using var gateway = await TestGateway.StartAsync(Document(m => m, provider));

        using var answer = await gateway.PostAsync(Message, "/v1/messages", ("anthropic-version", "2024-01-01"));

        Assert.Equal("2025-05-05", version);
    }

    [Fact]
    public async Task OpenAiToOpenAi_ItsBeta_GoesOn()
    {
        var beta = "";
        await using var upstream = await ChatUpstream.StartAsync(context =>
        {
            beta = context.Request.Headers["OpenAI-Beta"].ToString();
            return Says("x")(context);
        });
        await using var gateway = await StartAsync(upstream);

        using var answer = await gateway.PostAsync(Ask, headers: ("OpenAI-Beta", "responses=v1"));

        Assert.Equal("responses=v1", beta);
    }

    [Fact]
    public async Task Translated_ABetaIsLeftOutAndNamed()
    {
        var sent = new HeaderDictionary();
        await using var upstream = await ChatUpstream.StartAsync(context =>
        {
            foreach (var (name, value) in context.Request.Headers) sent[name] = value;
            return Says("x")(context);
        });
        await using var gateway = await StartAsync(upstream);

        using var answer = await gateway.PostAsync(Message, "/v1/messages?beta=true", ("anthropic-beta", "interleaved-thinking-2025-05-14"), ("anthropic-version", "2023-06-01"));

        Assert.Equal((200, "anthropic-beta"), ((int)answer.StatusCode, Assert.Single(answer.Headers.GetValues("X-Tidegate-Dropped"))));
        Assert.DoesNotContain(sent.Keys, k => k.StartsWith("anthropic", StringComparison.OrdinalIgnoreCase));
        Assert.Equal("dropped anthropic-beta: p1/m-p1 cannot express them", (await gateway.Calls.NextAsync()).Why);
    }

    [Fact]
    public async Task Translated_HintsAreNamedAndNeverRefused()
    {
        await using var upstream = await ChatUpstream.StartAsync(Json(200, Answer));
        await using var gateway = await StartAsync("anthropic", upstream);

        using var answer = await gateway.PostAsync("""{"model":"fast","metadata":{"a":"b"},"prompt_cache_key":"k","service_tier":"flex","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,aGk=","detail":"low"}}]}]}""");

        Assert.Equal((200, "messages[0].content[0].image_url.detail, metadata, prompt_cache_key, service_tier"), ((int)answer.StatusCode, Assert.Single(answer.Headers.GetValues("X-Tidegate-Dropped"))));
    }

    [Fact]
    public async Task Translated_WhatChangesTheAnswer_IsRefusedByItsName_NotTheHintsBesideIt()
    {
        await using var upstream = await ChatUpstream.StartAsync(Json(200, "{}"));
        await using var gateway = await StartAsync("gemini", upstream);

        var (status, body) = await gateway.AskAsync("""{"model":"fast","user":"u","messages":[{"role":"user","content":"x"}],"tools":[{"type":"function","function":{"name":"f","strict":true}}]}""");

        Assert.Equal((400, 0), (status, upstream.Calls));
        Assert.Contains("\"param\":\"tools[0].function.strict\"", body, StringComparison.Ordinal);
        Assert.DoesNotContain("user:", body, StringComparison.Ordinal);
    }
}
