using System.Net;
using System.Text;
using Anthropic;
using Anthropic.Exceptions;
using Anthropic.Models.Messages;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.AnthropicMessages;
using Tidegate.Models.Tests.Formats;
using Tidegate.Models.Tests.Support;
using Citation = Tidegate.Models.Chat.Citation;
using TextDelta = Tidegate.Models.Chat.TextDelta;

namespace Tidegate.Models.Tests.Sdks;

/// <summary>The official Anthropic client for .NET, unmodified and told to check all it is sent, reads what the face writes, and the face reads what it writes.</summary>
public sealed class AnthropicSdkTests
{
    private static readonly AnthropicMessagesFormat Format = new();

    private static readonly ChatEvent[] Said =
    [
        new Started("x", "y"), new ReasoningDelta("Hm") { Signature = "tgAnc2ln" }, new ReasoningDelta("") { Redacted = "tgAnb3Bh" }, new TextDelta("Grüße"), new TextDelta(" 🌊"),
        new CitationAdded(new Citation("https://example.com", "Tides", "high")), new CitationAdded(new Citation(null, "Chart", "low")),
        new ToolCallStarted(0, "call_a", "get_tide"), new ToolArgumentsDelta(0, "{\"port\":"), new ToolArgumentsDelta(0, "\"Kiel\"}"), new ToolCallStarted(1, "call_b", "f"),
        new ToolArgumentsDelta(1, "{}"), new Finished(new Finish(FinishReason.ToolCalls)), new Used(new Chat.Usage { Input = 12, CachedInput = 4, CacheWrite = 3, Output = 9, Reasoning = 3 }),
    ];

    [Fact]
    public async Task Answer_IsRead()
    {
        var client = Client(HttpStatusCode.OK, FormatRun.Text(json => Format.WriteAnswer(FormatRun.Build(Said), FormatRun.Context, json)));

        var message = await client.Messages.Create(Ask(), TestContext.Current.CancellationToken);
        message.Validate();

        Assert.Equal(StopReason.ToolUse, message.StopReason?.Value());
        Assert.Equal((5, 4, 3, 9), (message.Usage.InputTokens, message.Usage.CacheReadInputTokens, message.Usage.CacheCreationInputTokens, message.Usage.OutputTokens));
        Assert.Equal([typeof(ThinkingBlock), typeof(RedactedThinkingBlock), typeof(TextBlock), typeof(ToolUseBlock), typeof(ToolUseBlock)], message.Content.Select(c => c.Value!.GetType()));
        Assert.Equal("c2ln", ((ThinkingBlock)message.Content[0].Value!).Signature);
        Assert.Equal("Grüße 🌊", ((TextBlock)message.Content[2].Value!).Text);
        Assert.Equal(2, ((TextBlock)message.Content[2].Value!).Citations!.Count);
        Assert.Equal("Kiel", ((ToolUseBlock)message.Content[3].Value!).Input["port"].GetString());
    }

    [Fact]
    public async Task Stream_IsRead()
    {
        var client = Client(HttpStatusCode.OK, FormatRun.Stream(Format, Said), "text/event-stream");
        var text = new StringBuilder();
        var arguments = new StringBuilder();
        var types = new List<System.Type>();

        await foreach (var next in client.Messages.CreateStreaming(Ask(), TestContext.Current.CancellationToken))
        {
            next.Validate();
            types.Add(next.Value!.GetType());
            if (next.TryPickContentBlockDelta(out var delta) && delta.Delta.TryPickText(out var part)) text.Append(part.Text);
            if (next.TryPickContentBlockDelta(out delta) && delta.Index == 3 && delta.Delta.TryPickInputJson(out var json)) arguments.Append(json.PartialJson);
            if (!next.TryPickDelta(out var end)) continue;
            Assert.Equal(StopReason.ToolUse, end.Delta.StopReason?.Value());
            Assert.Equal(9, end.Usage.OutputTokens);
            Assert.Equal(5, end.Usage.InputTokens);
        }

        Assert.Equal("Grüße 🌊", text.ToString());
        Assert.Equal("{\"port\":\"Kiel\"}", arguments.ToString());
        Assert.Equal(typeof(RawMessageStartEvent), types[0]);
        Assert.Equal([typeof(RawMessageDeltaEvent), typeof(RawMessageStopEvent)], types[^2..]);
    }

    [Fact]
    public async Task Stream_ThatFails_IsAnExceptionAndNoEnd()
    {
        var client = Client(HttpStatusCode.OK, FormatRun.Stream(Format, [new Started("", ""), new TextDelta("Hi"), new Failed(new ModelError(ModelErrorKind.Overloaded, 0, "Overloaded"))]), "text/event-stream");
        var types = new List<System.Type>();

        await Assert.ThrowsAnyAsync<AnthropicException>(async () =>
        {
            await foreach (var next in client.Messages.CreateStreaming(Ask(), TestContext.Current.CancellationToken)) types.Add(next.Value!.GetType());
        });
        Assert.DoesNotContain(typeof(RawMessageStopEvent), types);
    }

    [Theory]
    [InlineData(ModelErrorKind.InvalidRequest, typeof(AnthropicBadRequestException))]
    [InlineData(ModelErrorKind.Authentication, typeof(AnthropicUnauthorizedException))]
    [InlineData(ModelErrorKind.Permission, typeof(AnthropicForbiddenException))]
    [InlineData(ModelErrorKind.NotFound, typeof(AnthropicNotFoundException))]
    [InlineData(ModelErrorKind.RateLimit, typeof(AnthropicRateLimitException))]
    [InlineData(ModelErrorKind.Overloaded, typeof(AnthropicOverloadedException))]
    public async Task Error_IsTheClientsTypedException(ModelErrorKind kind, System.Type expected)
    {
        var error = new ModelError(kind, 0, "No.");
        var client = Client((HttpStatusCode)Format.StatusOf(error), FormatRun.Text(json => Format.WriteError(error, json)));

        var thrown = await Assert.ThrowsAnyAsync<AnthropicApiException>(() => client.Messages.Create(Ask(), TestContext.Current.CancellationToken));

        Assert.IsType(expected, thrown);
        Assert.Contains("No.", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_IsReadByTheFace()
    {
        var handler = new CannedAnswer(HttpStatusCode.OK, "application/json", Encoding.UTF8.GetBytes(FormatRun.Text(json => Format.WriteAnswer(FormatRun.Build(Said), FormatRun.Context, json))));
        using var http = new HttpClient(handler);
        var ask = Ask() with
        {
            System = "Be brief.",
            Tools = [new Tool { Name = "f", Description = "d", InputSchema = new InputSchema { Properties = new Dictionary<string, System.Text.Json.JsonElement> { ["port"] = FormatRun.Json("""{"type":"string"}""") } } }],
            ToolChoice = new ToolChoiceAny { DisableParallelToolUse = true },
            StopSequences = ["END"],
            Metadata = new Metadata { UserID = "u" },
        };
        await new AnthropicClient { ApiKey = "k", HttpClient = http, MaxRetries = 0 }.Messages.Create(ask, TestContext.Current.CancellationToken);

        var (request, issues) = FormatRun.Read(Format, Encoding.UTF8.GetString(handler.Sent));

        Assert.Empty(issues.All);
        Assert.Equal("claude-x", request!.Model);
        Assert.Equal([MessageRole.System, MessageRole.User], request.Messages.Select(m => m.Role));
        Assert.Equal(ToolChoiceMode.Required, request.ToolChoice!.Mode);
        Assert.False(request.ParallelToolCalls);
        Assert.Equal("f", Assert.Single(request.Tools).Name);
        Assert.Equal("u", request.User);
    }

    private static MessageCreateParams Ask() => new() { Model = "claude-x", MaxTokens = 100, Messages = [new UserMessageParam { Content = "Hi" }] };

    private static AnthropicClient Client(HttpStatusCode status, string body, string type = "application/json") =>
        new() { ApiKey = "k", HttpClient = new HttpClient(new CannedAnswer(status, type, Encoding.UTF8.GetBytes(body))), MaxRetries = 0, ResponseValidation = true };
}
