using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net;
using System.Text;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Embeddings;
using OpenAI.Responses;
using Tidegate.Models.Chat;
using Tidegate.Models.Embeddings;
using Tidegate.Models.Formats;
using Tidegate.Models.Formats.OpenAiChat;
using Tidegate.Models.Formats.OpenAiEmbeddings;
using Tidegate.Models.Formats.OpenAiResponses;
using Tidegate.Models.Tests.Support;
using MessageRole = Tidegate.Models.Chat.MessageRole;

#pragma warning disable OPENAI001 // The client marks the responses API as experimental.

namespace Tidegate.Models.Tests.Sdks;

/// <summary>The official OpenAI client for .NET, unmodified, reads what the faces write, and the faces read what it writes.</summary>
public sealed class OpenAiSdkTests
{
    private static readonly ChatEvent[] Said =
    [
        new Started("x", "y"), new ReasoningDelta("Hm") { Signature = "tgAnc2ln" }, new TextDelta("Grüße"), new TextDelta(" 🌊"),
        new CitationAdded(new Citation("https://example.com", "Tides", null)), new ToolCallStarted(0, "call_a", "get_tide"), new ToolArgumentsDelta(0, "{\"port\":"),
        new ToolArgumentsDelta(0, "\"Kiel\"}"), new ToolCallStarted(1, "call_b", "f"), new ToolArgumentsDelta(1, "{}"), new Finished(new Finish(FinishReason.ToolCalls)),
        new Used(new Usage { Input = 12, CachedInput = 4, Output = 9, Reasoning = 3 }),
    ];

    [Fact]
    public async Task Chat_Answer_IsRead()
    {
        var client = new ChatClient("m", Key, Options(HttpStatusCode.OK, Whole(new OpenAiChatFormat())));

        var answer = (await client.CompleteChatAsync([new UserChatMessage("x")], cancellationToken: TestContext.Current.CancellationToken)).Value;

        Assert.Equal("Grüße 🌊", answer.Content[0].Text);
        Assert.Equal(["get_tide", "f"], answer.ToolCalls.Select(c => c.FunctionName));
        Assert.Equal("{\"port\":\"Kiel\"}", answer.ToolCalls[0].FunctionArguments.ToString());
        Assert.Equal(ChatFinishReason.ToolCalls, answer.FinishReason);
        Assert.Equal((12, 9, 4, 3), (answer.Usage.InputTokenCount, answer.Usage.OutputTokenCount, answer.Usage.InputTokenDetails.CachedTokenCount, answer.Usage.OutputTokenDetails.ReasoningTokenCount));
    }

    [Fact]
    public async Task Chat_Stream_IsRead()
    {
        var client = new ChatClient("m", Key, Options(HttpStatusCode.OK, Encoding.UTF8.GetBytes(Streams.Write(new OpenAiChatFormat(), Said)), "text/event-stream"));
        var text = new StringBuilder();
        var calls = new SortedDictionary<int, (string Id, string Name, string Arguments)>();
        ChatFinishReason? finish = null;
        ChatTokenUsage? usage = null;

        await foreach (var update in client.CompleteChatStreamingAsync([new UserChatMessage("x")], cancellationToken: TestContext.Current.CancellationToken))
        {
            foreach (var part in update.ContentUpdate) text.Append(part.Text);
            foreach (var call in update.ToolCallUpdates)
            {
                var (id, name, arguments) = calls.GetValueOrDefault(call.Index, ("", "", ""));
                calls[call.Index] = (id + call.ToolCallId, name + call.FunctionName, arguments + call.FunctionArgumentsUpdate);
            }

            finish = update.FinishReason ?? finish;
            usage = update.Usage ?? usage;
        }

        Assert.Equal("Grüße 🌊", text.ToString());
        Assert.Equal([("call_a", "get_tide", "{\"port\":\"Kiel\"}"), ("call_b", "f", "{}")], calls.Values);
        Assert.Equal(ChatFinishReason.ToolCalls, finish);
        Assert.Equal(21, usage?.TotalTokenCount);
    }

    [Fact]
    public async Task Chat_Request_IsReadByTheFace()
    {
        var handler = new CannedAnswer(HttpStatusCode.OK, "application/json", Whole(new OpenAiChatFormat()));
        var client = new ChatClient("m", Key, Options(handler));
        var options = new ChatCompletionOptions
        {
            Temperature = 0.5f,
            MaxOutputTokenCount = 100,
            Tools = { ChatTool.CreateFunctionTool("get_tide", "Tide", BinaryData.FromString("""{"type":"object"}"""), true) },
            ToolChoice = ChatToolChoice.CreateRequiredChoice(),
            ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat("boat", BinaryData.FromString("""{"type":"object"}"""), jsonSchemaIsStrict: true),
            StopSequences = { "END" },
        };
        ChatMessage[] messages =
        [
            new SystemChatMessage("s"), new UserChatMessage(ChatMessageContentPart.CreateTextPart("t"), ChatMessageContentPart.CreateImagePart(new BinaryData(new byte[] { 1, 2 }), "image/png")),
            new AssistantChatMessage([ChatToolCall.CreateFunctionToolCall("c", "get_tide", BinaryData.FromString("{}"))]), new ToolChatMessage("c", "low"),
        ];

        await client.CompleteChatAsync(messages, options, TestContext.Current.CancellationToken);

        var issues = new FormatIssues();
        var request = new OpenAiChatFormat().ReadRequest(System.Text.Json.JsonDocument.Parse(handler.Sent).RootElement, issues);
        Assert.Empty(issues.All);
        Assert.Equal([MessageRole.System, MessageRole.User, MessageRole.Assistant, MessageRole.Tool], request!.Messages.Select(m => m.Role));
        Assert.Equal((0.5, 100, "boat", ToolChoiceMode.Required, "END"), (request.Sampling.Temperature, request.MaxTokens, request.Output?.Name, request.ToolChoice?.Mode, request.Stop[0]));
    }

    [Fact]
    public async Task Responses_Answer_IsRead()
    {
        var client = new ResponsesClient(Key, Responses(Whole(new OpenAiResponsesFormat()), "application/json"));

        var answer = (await client.CreateResponseAsync("m", "x", cancellationToken: TestContext.Current.CancellationToken)).Value;

        Assert.Equal(ResponseStatus.Completed, answer.Status);
        Assert.Equal("Grüße 🌊", answer.GetOutputText());
        Assert.Equal("Hm", answer.OutputItems.OfType<ReasoningResponseItem>().Single().GetSummaryText());
        Assert.Equal("tgAnc2ln", answer.OutputItems.OfType<ReasoningResponseItem>().Single().EncryptedContent);
        Assert.Equal(["get_tide", "f"], answer.OutputItems.OfType<FunctionCallResponseItem>().Select(c => c.FunctionName));
        Assert.Equal((12, 9, 4, 3), (answer.Usage.InputTokenCount, answer.Usage.OutputTokenCount, answer.Usage.InputTokenDetails.CachedTokenCount, answer.Usage.OutputTokenDetails.ReasoningTokenCount));
    }

    [Fact]
    public async Task Responses_Stream_IsRead()
    {
        var bytes = Encoding.UTF8.GetBytes(Streams.Write(new OpenAiResponsesFormat(), Said));
        var client = new ResponsesClient(Key, Responses(bytes, "text/event-stream"));
        var updates = new List<StreamingResponseUpdate>();

        await foreach (var update in await client.CreateResponseStreamingAsync("m", "x", cancellationToken: TestContext.Current.CancellationToken)) updates.Add(update);

        Assert.Equal(Enumerable.Range(0, updates.Count), updates.Select(u => u.SequenceNumber));
        Assert.Equal("Grüße 🌊", string.Concat(updates.OfType<StreamingResponseOutputTextDeltaUpdate>().Select(u => u.Delta)));
        Assert.Equal(["get_tide", "f"], updates.OfType<StreamingResponseOutputItemDoneUpdate>().Select(u => u.Item).OfType<FunctionCallResponseItem>().Select(c => c.FunctionName));
        var last = Assert.IsType<StreamingResponseCompletedUpdate>(updates[^1]).Response;
        Assert.Equal(4, last.OutputItems.Count);
        Assert.Equal(21, last.Usage.TotalTokenCount);
    }

    [Fact]
    public async Task Embeddings_RequestAndAnswer_AreRead()
    {
        var format = new OpenAiEmbeddingsFormat();
        var request = new EmbeddingsRequest { Model = "m", Inputs = [new EmbeddingInput("a")], Base64 = true };
        var answer = new EmbeddingsAnswer { Vectors = [[0.5f, -1f], [2f, 3f]] };
        var handler = new CannedAnswer(HttpStatusCode.OK, "application/json", Encoding.UTF8.GetBytes(Streams.Json(json => format.WriteAnswer(answer, request, json)).GetRawText()));

        var read = (await new EmbeddingClient("m", Key, Options(handler)).GenerateEmbeddingsAsync(["a", "b"], cancellationToken: TestContext.Current.CancellationToken)).Value;

        Assert.Equal([0.5f, -1f], read[0].ToFloats().ToArray());
        Assert.Equal([2f, 3f], read[1].ToFloats().ToArray());
        var issues = new FormatIssues();
        var sent = format.ReadRequest(System.Text.Json.JsonDocument.Parse(handler.Sent).RootElement, issues);
        Assert.Empty(issues.All);
        Assert.Equal(["a", "b"], sent!.Inputs.Select(i => i.Text));
        Assert.True(sent.Base64);
    }

    [Fact]
    public async Task Responses_Request_IsReadByTheFace()
    {
        var handler = new CannedAnswer(HttpStatusCode.OK, "application/json", Whole(new OpenAiResponsesFormat()));
        var client = new ResponsesClient(Key, Responses(handler));
        var options = new CreateResponseOptions
        {
            Model = "m",
            Instructions = "s",
            MaxOutputTokenCount = 100,
            StoredOutputEnabled = false,
            ReasoningOptions = new ResponseReasoningOptions { ReasoningEffortLevel = ResponseReasoningEffortLevel.Low },
            Tools = { ResponseTool.CreateFunctionTool("get_tide", BinaryData.FromString("""{"type":"object"}"""), true, "Tide") },
            InputItems =
            {
                ResponseItem.CreateUserMessageItem("t"), ResponseItem.CreateFunctionCallItem("c", "get_tide", BinaryData.FromString("{}")), ResponseItem.CreateFunctionCallOutputItem("c", "low"),
            },
        };

        await client.CreateResponseAsync(options, TestContext.Current.CancellationToken);

        var issues = new FormatIssues();
        var request = new OpenAiResponsesFormat().ReadRequest(System.Text.Json.JsonDocument.Parse(handler.Sent).RootElement, issues);
        Assert.Empty(issues.All);
        Assert.Equal([MessageRole.System, MessageRole.User, MessageRole.Assistant, MessageRole.Tool], request!.Messages.Select(m => m.Role));
        Assert.Equal((100, "low", "get_tide"), (request.MaxTokens, request.Reasoning?.Effort, request.Tools.Single().Name));
    }

    [Fact]
    public async Task Chat_StreamThatFailed_HasNoReasonForItsEnd()
    {
        ChatEvent[] broken = [new TextDelta("Half"), new Failed(new ModelError(ModelErrorKind.Server, 0, "gone"))];
        var client = new ChatClient("m", Key, Options(HttpStatusCode.OK, Encoding.UTF8.GetBytes(Streams.Write(new OpenAiChatFormat(), broken)), "text/event-stream"));
        ChatFinishReason? finish = null;

        // This client reads an error in a stream as an update without content; others raise it.
        await foreach (var update in client.CompleteChatStreamingAsync([new UserChatMessage("x")], cancellationToken: TestContext.Current.CancellationToken)) finish = update.FinishReason ?? finish;

        Assert.Null(finish);
    }

    [Theory]
    [InlineData(ModelErrorKind.Authentication, 401)]
    [InlineData(ModelErrorKind.ContextLength, 400)]
    [InlineData(ModelErrorKind.NotFound, 404)]
    public async Task Chat_Error_IsTheClientsException(ModelErrorKind kind, int status)
    {
        var format = new OpenAiChatFormat();
        var error = new ModelError(kind, 0, "words of the gateway");
        var body = Encoding.UTF8.GetBytes(Streams.Json(json => format.WriteError(error, json)).GetRawText());
        var client = new ChatClient("m", Key, Options((HttpStatusCode)format.StatusOf(error), body));

        var thrown = await Assert.ThrowsAsync<ClientResultException>(() => client.CompleteChatAsync([new UserChatMessage("x")], cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(status, thrown.Status);
        Assert.Contains("words of the gateway", thrown.Message, StringComparison.Ordinal);
    }

    private static ApiKeyCredential Key => new("none");

    private static byte[] Whole(IFaceFormat format) =>
        Encoding.UTF8.GetBytes(Streams.Json(json => format.WriteAnswer(Streams.Answer(Said), Streams.Context, json)).GetRawText());

    private static OpenAIClientOptions Options(HttpStatusCode status, byte[] content, string mediaType = "application/json") => Options(new CannedAnswer(status, mediaType, content));

    private static ResponsesClientOptions Responses(byte[] content, string mediaType) => Responses(new CannedAnswer(HttpStatusCode.OK, mediaType, content));

    private static ResponsesClientOptions Responses(CannedAnswer handler) => new()
    {
        Transport = new HttpClientPipelineTransport(new HttpClient(handler)),
        RetryPolicy = new ClientRetryPolicy(0),
        Endpoint = new Uri("http://localhost/v1"),
    };

    private static OpenAIClientOptions Options(CannedAnswer handler) =>
        new() { Transport = new HttpClientPipelineTransport(new HttpClient(handler)), RetryPolicy = new ClientRetryPolicy(0), Endpoint = new Uri("http://localhost/v1") };
}
