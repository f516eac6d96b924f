using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Streaming;
using Tidegate.Models.Streaming.Sse;

namespace Tidegate.Models.Formats.CohereChat;

/// <summary>Cohere's <c>/v2/chat</c>, as providers speak it.</summary>
public sealed class CohereChatFormat : ITargetFormat
{
    /// <inheritdoc/>
    public string Name => "cohere_chat";

    /// <inheritdoc/>
    public void WriteRequest(ChatRequest request, Utf8JsonWriter json, FormatIssues issues)
    {
        CohereRequestWriter.Write(request, json, issues);
        (Unsaid.User | Unsaid.CacheHint).Tell(request, issues);
    }

    /// <inheritdoc/>
    public ChatAnswer ReadAnswer(JsonElement body) => CohereAnswerReader.Read(body);

    /// <inheritdoc/>
    public IFrameReader CreateFrameReader() => new SseFrameReader();

    /// <inheritdoc/>
    public IStreamReader CreateStreamReader() => new CohereStreamReader();

    /// <inheritdoc/>
    public ModelError ReadError(int status, ReadOnlySpan<byte> body) => CohereErrors.Read(status, body);
}
