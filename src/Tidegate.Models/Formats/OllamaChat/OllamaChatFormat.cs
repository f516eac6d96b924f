using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Streaming;
using Tidegate.Models.Streaming.Ndjson;

namespace Tidegate.Models.Formats.OllamaChat;

/// <summary>Ollama's <c>/api/chat</c>.</summary>
public sealed class OllamaChatFormat : IFaceFormat, ITargetFormat
{
    /// <inheritdoc/>
    public string Name => "ollama_chat";

    /// <inheritdoc/>
    public string StreamMediaType => "application/x-ndjson";

    /// <inheritdoc/>
    public ChatRequest? ReadRequest(JsonElement body, FormatIssues issues) => OllamaRequestReader.Read(body, issues, generate: false);

    /// <inheritdoc/>
    public void WriteRequest(ChatRequest request, Utf8JsonWriter json, FormatIssues issues)
    {
        OllamaRequestWriter.Write(request, json, issues);
        (Unsaid.User | Unsaid.Detail | Unsaid.CacheHint | Unsaid.Strict).Tell(request, issues);
    }

    /// <inheritdoc/>
    public ChatAnswer ReadAnswer(JsonElement body) => WholeAnswer.Read(body, new OllamaStreamReader().Read);

    /// <inheritdoc/>
    public void WriteAnswer(ChatAnswer answer, AnswerContext context, Utf8JsonWriter json) => OllamaAnswerWriter.Write(answer, context, json, generate: false);

    /// <inheritdoc/>
    public IFrameReader CreateFrameReader() => new NdjsonFrameReader();

    /// <inheritdoc/>
    public IStreamReader CreateStreamReader() => new OllamaStreamReader();

    /// <inheritdoc/>
    public IStreamWriter CreateStreamWriter(AnswerContext context) => new OllamaStreamWriter(context, generate: false);

    /// <inheritdoc/>
    public ModelError ReadError(int status, ReadOnlySpan<byte> body) => OllamaErrors.Read(status, body);

    /// <inheritdoc/>
    public void WriteError(ModelError error, Utf8JsonWriter json) => OllamaErrors.Write(error, json);

    /// <inheritdoc/>
    public int StatusOf(ModelError error) => ErrorStatus.StatusOf(error);
}
