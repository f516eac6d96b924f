using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAi;
using Tidegate.Models.Streaming;
using Tidegate.Models.Streaming.Sse;

namespace Tidegate.Models.Formats.OpenAiResponses;

/// <summary>OpenAI's responses (<c>/v1/responses</c>), stateless: the conversation comes and goes whole.</summary>
public sealed class OpenAiResponsesFormat : IFaceFormat, ITargetFormat, IStreamScanFormat
{
    /// <summary>Word of the format.</summary>
    public const string Word = "openai_responses";

    /// <inheritdoc cref="IFaceFormat.Name"/>
    public string Name => Word;

    /// <inheritdoc/>
    public string StreamMediaType => "text/event-stream";

    /// <inheritdoc/>
    public ChatRequest? ReadRequest(JsonElement body, FormatIssues issues) => OpenAiResponsesRequestReader.Read(body, issues);

    /// <inheritdoc/>
    public void WriteAnswer(ChatAnswer answer, AnswerContext context, Utf8JsonWriter json) => OpenAiResponsesAnswerWriter.Write(answer, context, json);

    /// <inheritdoc/>
    public IStreamWriter CreateStreamWriter(AnswerContext context) => new OpenAiResponsesStreamWriter(context);

    /// <inheritdoc/>
    public void WriteError(ModelError error, Utf8JsonWriter json) => OpenAiErrors.Write(error, json);

    /// <inheritdoc/>
    public int StatusOf(ModelError error) => OpenAiErrorWords.StatusOf(error.Kind);

    /// <inheritdoc/>
    public void WriteRequest(ChatRequest request, Utf8JsonWriter json, FormatIssues issues)
    {
        OpenAiResponsesRequestWriter.Write(request, json, issues);
        (Unsaid.CacheHint | Unsaid.Citations).Tell(request, issues);
    }

    /// <inheritdoc/>
    public ChatAnswer ReadAnswer(JsonElement body) => OpenAiResponsesAnswerReader.Read(body);

    /// <inheritdoc/>
    public IFrameReader CreateFrameReader() => new SseFrameReader();

    /// <inheritdoc/>
    public IStreamReader CreateStreamReader() => new OpenAiResponsesStreamReader();

    /// <inheritdoc/>
    public IStreamScan CreateStreamScan() => new OpenAiResponsesStreamScan();

    /// <inheritdoc/>
    public ModelError ReadError(int status, ReadOnlySpan<byte> body) => OpenAiErrors.Read(status, body);
}
