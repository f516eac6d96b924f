using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAi;
using Tidegate.Models.Formats.OpenAiChat;
using Tidegate.Models.Streaming;
using Tidegate.Models.Streaming.Sse;

namespace Tidegate.Models.Formats.OpenAiCompletions;

/// <summary>
/// The older <c>/v1/completions</c>: one prompt, one text. As a face it reaches every chat provider, the prompt being what the user says; as a target it takes
/// conversations of one message.
/// </summary>
public sealed class OpenAiCompletionsFormat : IFaceFormat, ITargetFormat, IStreamScanFormat
{
    /// <summary>Word of the format.</summary>
    public const string Word = "openai_completions";

    /// <inheritdoc cref="IFaceFormat.Name"/>
    public string Name => Word;

    /// <inheritdoc/>
    public string StreamMediaType => "text/event-stream";

    /// <inheritdoc/>
    public ChatRequest? ReadRequest(JsonElement body, FormatIssues issues) => OpenAiCompletionsRequestReader.Read(body, issues);

    /// <inheritdoc/>
    public void WriteAnswer(ChatAnswer answer, AnswerContext context, Utf8JsonWriter json) => OpenAiCompletionsAnswerWriter.Write(answer, context, json);

    /// <inheritdoc/>
    public IStreamWriter CreateStreamWriter(AnswerContext context) => new OpenAiCompletionsStreamWriter(context);

    /// <inheritdoc/>
    public void WriteError(ModelError error, Utf8JsonWriter json) => OpenAiErrors.Write(error, json);

    /// <inheritdoc/>
    public int StatusOf(ModelError error) => OpenAiErrorWords.StatusOf(error.Kind);

    /// <inheritdoc/>
    public void WriteRequest(ChatRequest request, Utf8JsonWriter json, FormatIssues issues) => OpenAiCompletionsRequestWriter.Write(request, json, issues);

    /// <inheritdoc/>
    public ChatAnswer ReadAnswer(JsonElement body) => OpenAiCompletionsAnswerReader.Read(body);

    /// <inheritdoc/>
    public IFrameReader CreateFrameReader() => new SseFrameReader();

    /// <inheritdoc/>
    public IStreamReader CreateStreamReader() => new OpenAiCompletionsStreamReader();

    /// <inheritdoc/>
    public IStreamScan CreateStreamScan() => new OpenAiChatStreamScan();

    /// <inheritdoc/>
    public ModelError ReadError(int status, ReadOnlySpan<byte> body) => OpenAiErrors.Read(status, body);
}
