using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;
using Tidegate.Models.Streaming;
using Tidegate.Models.Streaming.EventStream;
using Tidegate.Models.Streaming.Sse;

namespace Tidegate.Models.Formats.AnthropicMessages;

/// <summary>Anthropic's <c>/v1/messages</c>, as Anthropic, Vertex AI and Bedrock speak it.</summary>
public sealed class AnthropicMessagesFormat : IFaceFormat, ITargetFormat, IStreamScanFormat, ITokenCountFormat, IPrefillFormat
{
    private readonly AnthropicOptions _options;

    /// <summary>As Anthropic itself speaks it, for models of before 2026.</summary>
    public AnthropicMessagesFormat()
        : this(new AnthropicOptions())
    {
    }

    /// <summary>As another place or model speaks it.</summary>
    public AnthropicMessagesFormat(AnthropicOptions options) => _options = options;

    /// <summary><c>anthropic_messages</c>; the other places have words of their own, for their bodies differ and cannot pass through byte for byte.</summary>
    public string Name => _options.Place switch
    {
        AnthropicPlace.Vertex => "anthropic_messages_vertex",
        AnthropicPlace.Bedrock => "anthropic_messages_bedrock",
        _ => "anthropic_messages",
    };

    /// <inheritdoc/>
    public string StreamMediaType => "text/event-stream";

    /// <inheritdoc/>
    public ChatRequest? ReadRequest(JsonElement body, FormatIssues issues) => AnthropicRequestReader.Read(body, issues, _options.Place, counting: false);

    /// <summary>Reads a <c>count_tokens</c> request: a conversation without a limit.</summary>
    public ChatRequest? ReadCountRequest(JsonElement body, FormatIssues issues) => AnthropicRequestReader.Read(body, issues, _options.Place, counting: true);

    /// <inheritdoc/>
    public void WriteRequest(ChatRequest request, Utf8JsonWriter json, FormatIssues issues)
    {
        AnthropicRequestWriter.Write(request, json, issues, _options);
        Unsaid.Detail.Tell(request, issues);
    }

    /// <summary>Writes a <c>count_tokens</c> request.</summary>
    public void WriteCountRequest(ChatRequest request, Utf8JsonWriter json, FormatIssues issues) => AnthropicRequestWriter.Write(request, json, issues, _options, counting: true);

    /// <summary>Tokens a <c>count_tokens</c> answer tells. Throws <see cref="FormatException"/> when it tells none.</summary>
    public long ReadCount(JsonElement body) => body.Whole("input_tokens") ?? throw new FormatException("The provider's answer has no input_tokens.");

    /// <summary>Writes a <c>count_tokens</c> answer.</summary>
    public void WriteCount(long tokens, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("input_tokens", tokens);
        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public ChatAnswer ReadAnswer(JsonElement body) => AnthropicAnswerReader.Read(body);

    /// <inheritdoc/>
    public void WriteAnswer(ChatAnswer answer, AnswerContext context, Utf8JsonWriter json) => AnthropicAnswerWriter.Write(answer, context, json);

    /// <inheritdoc/>
    public IFrameReader CreateFrameReader() => _options.Place == AnthropicPlace.Bedrock ? new InvokeFrameReader() : new SseFrameReader();

    /// <inheritdoc/>
    public IStreamReader CreateStreamReader() => new AnthropicStreamReader();

    /// <inheritdoc/>
    public IStreamScan CreateStreamScan() => new AnthropicStreamScan();

    /// <inheritdoc/>
    public IStreamWriter CreateStreamWriter(AnswerContext context) => new AnthropicStreamWriter(context);

    /// <inheritdoc/>
    public bool TakesPrefill => true;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? WithPrefill(ReadOnlyMemory<byte> body, string begun) => Prefill.ByRole.Add(body, begun);

    /// <inheritdoc/>
    public ModelError ReadError(int status, ReadOnlySpan<byte> body) => AnthropicErrors.Read(status, body);

    /// <inheritdoc/>
    public void WriteError(ModelError error, Utf8JsonWriter json) => AnthropicErrors.Write(error, json);

    /// <inheritdoc/>
    public int StatusOf(ModelError error) => AnthropicErrors.StatusOf(error);
}
