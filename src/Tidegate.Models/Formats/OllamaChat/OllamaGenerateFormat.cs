using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Streaming;
using Tidegate.Models.Streaming.Ndjson;

namespace Tidegate.Models.Formats.OllamaChat;

/// <summary>Ollama's <c>/api/generate</c>, as callers speak it: a prompt instead of a conversation. Providers are spoken to in <see cref="OllamaChatFormat"/>.</summary>
public sealed class OllamaGenerateFormat : IFaceFormat, IStreamFormat
{
    /// <inheritdoc/>
    public string Name => "ollama_generate";

    /// <inheritdoc/>
    public string StreamMediaType => "application/x-ndjson";

    /// <inheritdoc/>
    public ChatRequest? ReadRequest(JsonElement body, FormatIssues issues) => OllamaRequestReader.Read(body, issues, generate: true);

    /// <inheritdoc/>
    public void WriteAnswer(ChatAnswer answer, AnswerContext context, Utf8JsonWriter json) => OllamaAnswerWriter.Write(answer, context, json, generate: true);

    /// <inheritdoc/>
    public IStreamWriter CreateStreamWriter(AnswerContext context) => new OllamaStreamWriter(context, generate: true);

    /// <inheritdoc/>
    public IFrameReader CreateFrameReader() => new NdjsonFrameReader();

    /// <inheritdoc/>
    public IStreamReader CreateStreamReader() => new OllamaStreamReader(generate: true);

    /// <inheritdoc/>
    public void WriteError(ModelError error, Utf8JsonWriter json) => OllamaErrors.Write(error, json);

    /// <inheritdoc/>
    public int StatusOf(ModelError error) => ErrorStatus.StatusOf(error);
}
