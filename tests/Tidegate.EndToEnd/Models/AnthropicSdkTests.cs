using System.Text;
using System.Text.Json;
using Anthropic;
using Anthropic.Exceptions;
using Anthropic.Models.Messages;
using Tidegate.EndToEnd.Models.Support;

namespace Tidegate.EndToEnd.Models;

/// <summary>The official Anthropic client for .NET, unmodified but for base address and key, through a running gateway, against every vendor's own wire format.</summary>
[Collection(nameof(ModelHost))]
public sealed class AnthropicSdkTests(ModelHost host)
{
    private static readonly byte[] Picture = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 1, 2, 3];

    private static readonly Tool Tide = new()
    {
        Name = "get_tide", Description = "Height of the tide",
        InputSchema = new InputSchema { Properties = new Dictionary<string, JsonElement> { ["port"] = Json("""{"type":"string"}""") }, Required = ["port"] },
    };

    public static TheoryData<string> Vendors => ModelHost.Vendors;

    public static TheoryData<string, int> VendorsAndErrors => ModelHost.VendorsAndErrors;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task Plain(string vendor)
    {
        var answer = await host.Anthropic().Messages.Create(Ask(vendor, new UserMessageParam { Content = "Ahoy" }) with { System = "Be brief." }, Cancel);

        Assert.Equal("Grüße 🌊 Ahoy", Text(answer));
        Assert.Equal(StopReason.EndTurn, answer.StopReason?.Value());
        Assert.Equal((12, 9), (answer.Usage.InputTokens + (answer.Usage.CacheReadInputTokens ?? 0), answer.Usage.OutputTokens));
        Assert.Empty(host[vendor].Problems);
    }

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task Streamed(string vendor)
    {
        var text = new StringBuilder();
        var ended = false;
        long output = 0;

        await foreach (var next in host.Anthropic().Messages.CreateStreaming(Ask(vendor, new UserMessageParam { Content = "Ahoy" }), Cancel))
        {
            if (next.TryPickContentBlockDelta(out var delta) && delta.Delta.TryPickText(out var part)) text.Append(part.Text);
            if (next.TryPickDelta(out var end)) output = end.Usage.OutputTokens;
            ended |= next.TryPickStop(out _);
        }

        Assert.Equal(("Grüße 🌊 Ahoy", true, 9), (text.ToString(), ended, output));
        Assert.Empty(host[vendor].Problems);
    }

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task Tools_RoundTrip(string vendor)
    {
        var first = new UserMessageParam { Content = "How high is the tide?" };
        var asked = await host.Anthropic().Messages.Create(Ask(vendor, first) with { Tools = [Tide] }, Cancel);

        Assert.Equal(StopReason.ToolUse, asked.StopReason?.Value());
        var call = asked.Content.Select(c => c.Value).OfType<ToolUseBlock>().Single();
        Assert.Equal(("get_tide", "Kiel"), (call.Name, call.Input["port"].GetString()));

        var answer = await host.Anthropic().Messages.Create(
            Ask(
                vendor, first, new AssistantMessageParam { Content = new List<ContentBlockParam> { new ToolUseBlockParam { ID = call.ID, Name = call.Name, Input = call.Input } } },
                new UserMessageParam { Content = new List<ContentBlockParam> { new ToolResultBlockParam(call.ID) { Content = "12 m" } } }) with
            { Tools = [Tide] },
            Cancel);
        Assert.Equal("The tide is 12 m.", Text(answer));
        Assert.Empty(host[vendor].Problems);
    }

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task Tools_Streamed(string vendor)
    {
        var arguments = new StringBuilder();
        StopReason? stop = null;

        await foreach (var next in host.Anthropic().Messages.CreateStreaming(Ask(vendor, new UserMessageParam { Content = "How high is the tide?" }) with { Tools = [Tide] }, Cancel))
        {
            if (next.TryPickContentBlockDelta(out var delta) && delta.Delta.TryPickInputJson(out var part)) arguments.Append(part.PartialJson);
            if (next.TryPickDelta(out var end)) stop = end.Delta.StopReason?.Value();
        }

        Assert.Equal(("Kiel", StopReason.ToolUse), (Json(arguments.ToString()).GetProperty("port").GetString(), stop));
    }

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task JsonSchema(string vendor)
    {
        var schema = Json("""{"type":"object","properties":{"height":{"type":"integer"}},"required":["height"],"additionalProperties":false}""");
        var ask = Ask(vendor, new UserMessageParam { Content = "How high?" }) with
        {
            OutputConfig = new OutputConfig { Format = new JsonOutputFormat { Schema = schema.EnumerateObject().ToDictionary(p => p.Name, p => p.Value) } },
        };

        Assert.Equal("""{"height":12}""", Text(await host.Anthropic().Messages.Create(ask, Cancel)));
        Assert.Empty(host[vendor].Problems);
    }

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task Image(string vendor)
    {
        var picture = new ImageBlockParam(new Base64ImageSource { MediaType = MediaType.ImagePng, Data = Convert.ToBase64String(Picture) });
        var ask = Ask(vendor, new UserMessageParam { Content = new List<ContentBlockParam> { new TextBlockParam("What is it?"), picture } });

        Assert.Equal($"A picture of {Picture.Length} bytes.", Text(await host.Anthropic().Messages.Create(ask, Cancel)));
        Assert.Empty(host[vendor].Problems);
    }

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task CountTokens(string vendor)
    {
        if (vendor is "anthropic" or "gemini" or "vertex") return; // they count themselves: the gateway's own tests of faces ask them

        var count = await host.Anthropic().Messages.CountTokens(new MessageCountTokensParams { Model = vendor, Messages = [new UserMessageParam { Content = string.Join(' ', Enumerable.Repeat("tide", 100)) }] }, Cancel);

        Assert.InRange(count.InputTokens, 101, 110);
    }

    [Theory]
    [MemberData(nameof(VendorsAndErrors))]
    public async Task Error_IsTheClientsTypedException(string vendor, int status)
    {
        var ask = Ask($"{vendor}-{status}", new UserMessageParam { Content = "x" });

        var thrown = await Assert.ThrowsAnyAsync<AnthropicApiException>(() => host.Anthropic().Messages.Create(ask, Cancel));
        var streamed = await Assert.ThrowsAnyAsync<AnthropicApiException>(async () => await host.Anthropic().Messages.CreateStreaming(ask, Cancel).ToListAsync(Cancel));

        var expected = status switch { 400 => typeof(AnthropicBadRequestException), 404 => typeof(AnthropicNotFoundException), 429 => typeof(AnthropicRateLimitException), _ => typeof(Anthropic5xxException) };
        Assert.IsType(expected, thrown, exactMatch: false);
        Assert.IsType(expected, streamed, exactMatch: false);
    }

    [Fact]
    public async Task Error_OfTheCallersKey_AndOfAnUnknownModel()
    {
        await Assert.ThrowsAsync<AnthropicUnauthorizedException>(() => host.Anthropic("nobody's key").Messages.Create(Ask("anthropic", new UserMessageParam { Content = "x" }), Cancel));
        await Assert.ThrowsAsync<AnthropicNotFoundException>(() => host.Anthropic().Messages.Create(Ask("antropic", new UserMessageParam { Content = "x" }), Cancel));
    }

    private static MessageCreateParams Ask(string model, params MessageParam[] messages) => new() { Model = model, MaxTokens = 100, Messages = messages };

    private static string Text(Message message) => string.Concat(message.Content.Select(c => c.Value).OfType<TextBlock>().Select(t => t.Text));

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
