using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using System.Text.Json;
using OpenAI.Chat;
using OpenAI.Embeddings;
using OpenAI.Responses;
using Tidegate.EndToEnd.Models.Support;

#pragma warning disable OPENAI001 // The client marks the responses API as experimental.

namespace Tidegate.EndToEnd.Models;

/// <summary>The official OpenAI client for .NET, unmodified but for base address and key, through a running gateway, against every vendor's own wire format.</summary>
[Collection(nameof(ModelHost))]
public sealed class OpenAiSdkTests(ModelHost host)
{
    private const string Schema = """{"type":"object","properties":{"height":{"type":"integer"}},"required":["height"],"additionalProperties":false}""";
    private static readonly ChatTool Tide = ChatTool.CreateFunctionTool("get_tide", "Height of the tide", BinaryData.FromString("""{"type":"object","properties":{"port":{"type":"string"}},"required":["port"]}"""));

    public static TheoryData<string> Vendors => ModelHost.Vendors;

    public static TheoryData<string, int> VendorsAndErrors => ModelHost.VendorsAndErrors;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task Plain(string vendor)
    {
        var answer = (await Chat(vendor).CompleteChatAsync([new SystemChatMessage("Be brief."), new UserChatMessage("Ahoy")], new ChatCompletionOptions { MaxOutputTokenCount = 100 }, Cancel)).Value;

        Assert.Equal("Grüße 🌊 Ahoy", answer.Content[0].Text);
        Assert.Equal(ChatFinishReason.Stop, answer.FinishReason);
        Assert.Equal((12, 9), (answer.Usage.InputTokenCount, answer.Usage.OutputTokenCount));
        Assert.Empty(host[vendor].Problems);
    }

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task Streamed(string vendor)
    {
        var text = new StringBuilder();
        ChatFinishReason? finish = null;
        ChatTokenUsage? usage = null;

        await foreach (var update in Chat(vendor).CompleteChatStreamingAsync([new UserChatMessage("Ahoy")], new ChatCompletionOptions { MaxOutputTokenCount = 100 }, Cancel))
        {
            foreach (var part in update.ContentUpdate) text.Append(part.Text);
            finish = update.FinishReason ?? finish;
            usage = update.Usage ?? usage;
        }

        Assert.Equal(("Grüße 🌊 Ahoy", ChatFinishReason.Stop), (text.ToString(), finish));
        Assert.Equal((12, 9), (usage!.InputTokenCount, usage.OutputTokenCount));
        Assert.Empty(host[vendor].Problems);
    }

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task Tools_RoundTrip(string vendor)
    {
        List<ChatMessage> messages = [new UserChatMessage("How high is the tide?")];
        var options = new ChatCompletionOptions { Tools = { Tide } };
        var asked = (await Chat(vendor).CompleteChatAsync(messages, options, Cancel)).Value;

        Assert.Equal(ChatFinishReason.ToolCalls, asked.FinishReason);
        var call = Assert.Single(asked.ToolCalls);
        Assert.Equal("get_tide", call.FunctionName);
        Assert.Equal("Kiel", JsonDocument.Parse(call.FunctionArguments).RootElement.GetProperty("port").GetString());

        messages.AddRange([new AssistantChatMessage(asked), new ToolChatMessage(call.Id, "12 m")]);
        Assert.Equal("The tide is 12 m.", (await Chat(vendor).CompleteChatAsync(messages, options, Cancel)).Value.Content[0].Text);
        Assert.Empty(host[vendor].Problems);
    }

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task Tools_Streamed(string vendor)
    {
        var arguments = new StringBuilder();
        string? name = null, id = null;
        ChatFinishReason? finish = null;

        await foreach (var update in Chat(vendor).CompleteChatStreamingAsync([new UserChatMessage("How high is the tide?")], new ChatCompletionOptions { Tools = { Tide } }, Cancel))
        {
            foreach (var call in update.ToolCallUpdates)
            {
                name ??= call.FunctionName;
                id ??= call.ToolCallId;
                arguments.Append(call.FunctionArgumentsUpdate);
            }

            finish = update.FinishReason ?? finish;
        }

        Assert.Equal(("get_tide", "Kiel", ChatFinishReason.ToolCalls), (name, JsonDocument.Parse(arguments.ToString()).RootElement.GetProperty("port").GetString(), finish));
        Assert.NotEmpty(id!);
    }

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task JsonSchema(string vendor)
    {
        var options = new ChatCompletionOptions { ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat("tide", BinaryData.FromString(Schema), jsonSchemaIsStrict: true) };

        var answer = (await Chat(vendor).CompleteChatAsync([new UserChatMessage("How high?")], options, Cancel)).Value;

        Assert.Equal("""{"height":12}""", answer.Content[0].Text);
        Assert.Empty(host[vendor].Problems);
    }

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task Image(string vendor)
    {
        var message = new UserChatMessage(ChatMessageContentPart.CreateTextPart("What is it?"), ChatMessageContentPart.CreateImagePart(BinaryData.FromBytes(Picture), "image/png"));

        Assert.Equal($"A picture of {Picture.Length} bytes.", (await Chat(vendor).CompleteChatAsync([message], cancellationToken: Cancel)).Value.Content[0].Text);
        Assert.Empty(host[vendor].Problems);
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("gemini")]
    [InlineData("vertex")]
    [InlineData("azure")]
    [InlineData("mistral")]
    [InlineData("cohere")]
    [InlineData("ollama")]
    public async Task Embeddings(string vendor)
    {
        var vectors = (await new EmbeddingClient(vendor, ModelHost.Key, host.OpenAi).GenerateEmbeddingsAsync(["tide", "harbour"], cancellationToken: Cancel)).Value;

        Assert.Equal([[4f, -1f], [7f, -1f]], vectors.Select(v => v.ToFloats().ToArray()));
        Assert.Empty(host[vendor].Problems);
    }

    [Fact]
    public async Task Embeddings_OfTitanOnBedrock_OneTextACall()
    {
        var client = new EmbeddingClient("bedrock", ModelHost.Key, host.OpenAi);

        var vector = (await client.GenerateEmbeddingAsync("tide", cancellationToken: Cancel)).Value;
        Assert.Equal([4f, -1f], vector.ToFloats().ToArray());
        Assert.Equal(400, (await Assert.ThrowsAsync<ClientResultException>(() => client.GenerateEmbeddingsAsync(["a", "b"], cancellationToken: Cancel))).Status);
    }

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task Responses(string vendor)
    {
        var client = new ResponsesClient(ModelHost.Key, new ResponsesClientOptions { Endpoint = host.OpenAi.Endpoint, RetryPolicy = host.OpenAi.RetryPolicy });
        if (vendor is "openai" or "azure") return; // they speak it themselves: their bytes pass, and their shapes are the unit tests'

        var given = (await client.CreateResponseAsync(vendor, "Ahoy", cancellationToken: Cancel)).Value;
        Assert.Equal("Grüße 🌊 Ahoy", given.GetOutputText());
        Assert.Equal("Grüße 🌊 Ahoy", (await client.GetResponseAsync(given.Id, Cancel)).Value.GetOutputText());
        Assert.True((await client.DeleteResponseAsync(given.Id, Cancel)).Value.Deleted);
        Assert.Equal(404, (await Assert.ThrowsAsync<System.ClientModel.ClientResultException>(() => client.GetResponseAsync(given.Id, Cancel))).Status);
        var text = new StringBuilder();
        await foreach (var update in await client.CreateResponseStreamingAsync(vendor, "Ahoy", cancellationToken: Cancel)) text.Append((update as StreamingResponseOutputTextDeltaUpdate)?.Delta);
        Assert.Equal("Grüße 🌊 Ahoy", text.ToString());
    }

    [Theory]
    [MemberData(nameof(VendorsAndErrors))]
    public async Task Error_IsTheClientsException(string vendor, int status)
    {
        var whole = await Assert.ThrowsAsync<ClientResultException>(() => Chat($"{vendor}-{status}").CompleteChatAsync([new UserChatMessage("x")], cancellationToken: Cancel));
        var streamed = await Assert.ThrowsAsync<ClientResultException>(async () => await Chat($"{vendor}-{status}").CompleteChatStreamingAsync([new UserChatMessage("x")], cancellationToken: Cancel).ToListAsync(Cancel));

        Assert.Equal((status, status), (whole.Status, streamed.Status));
        Assert.NotEmpty(JsonDocument.Parse(whole.GetRawResponse()!.Content).RootElement.GetProperty("error").GetProperty("message").GetString()!);
    }

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task Error_OfOurKeyAtTheProvider_IsNotTheCallersFault(string vendor)
    {
        var thrown = await Assert.ThrowsAsync<ClientResultException>(() => Chat(vendor + "-refused").CompleteChatAsync([new UserChatMessage("x")], cancellationToken: Cancel));

        Assert.True(thrown.Status is 502 or 503, thrown.Message);
    }

    [Fact]
    public async Task Error_OfTheCallersKey_AndOfAnUnknownModel()
    {
        var stranger = new ChatClient("openai", new ApiKeyCredential("nobody's key"), host.OpenAi);

        Assert.Equal(401, (await Assert.ThrowsAsync<ClientResultException>(() => stranger.CompleteChatAsync([new UserChatMessage("x")], cancellationToken: Cancel))).Status);
        var unknown = await Assert.ThrowsAsync<ClientResultException>(() => Chat("opneai").CompleteChatAsync([new UserChatMessage("x")], cancellationToken: Cancel));
        Assert.Equal(404, unknown.Status);
        Assert.Contains("openai", unknown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task Cancelled_FreesTheProvider(string vendor)
    {
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        // A client that leaves early reads on for two seconds by default, in hope of keeping the connection: the gateway sees nobody leave meanwhile.
        using var http = new HttpClient(new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero, UseProxy = false });
        var options = host.OpenAi;
        options.Transport = new HttpClientPipelineTransport(http);
        var client = new ChatClient(vendor + "-slow", ModelHost.Key, options);
        try
        {
            await foreach (var update in client.CompleteChatStreamingAsync([new UserChatMessage("Ahoy")], cancellationToken: leave.Token))
                if (update.ContentUpdate.Count > 0 && update.ContentUpdate[0].Text.Length > 0) await leave.CancelAsync();
            Assert.Fail("the stream ended");
        }
        catch (OperationCanceledException)
        {
            await host[vendor].Left("m-slow").WaitAsync(TimeSpan.FromSeconds(60), Cancel);
        }
    }

    [Fact]
    public async Task Models_AreListed()
    {
        var names = (await new OpenAI.Models.OpenAIModelClient(ModelHost.Key, host.OpenAi).GetModelsAsync(Cancel)).Value.Select(m => m.Id).ToList();

        Assert.Contains("bedrock", names);
        Assert.Contains("gemini-429", names);
    }

    private static byte[] Picture { get; } = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 1, 2, 3];

    private ChatClient Chat(string model) => new(model, ModelHost.Key, host.OpenAi);
}
