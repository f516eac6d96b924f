using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Streaming;
using Tidegate.Models.Streaming.EventStream;

namespace Tidegate.Models.Formats.BedrockConverse;

/// <summary>Amazon Bedrock's <c>Converse</c> and <c>ConverseStream</c>, as providers speak it.</summary>
public sealed class BedrockConverseFormat : ITargetFormat
{
    /// <inheritdoc/>
    public string Name => "bedrock_converse";

    /// <inheritdoc/>
    public void WriteRequest(ChatRequest request, Utf8JsonWriter json, FormatIssues issues)
    {
        BedrockRequestWriter.Write(request, json, issues);
        (Unsaid.User | Unsaid.Detail).Tell(request, issues);
    }

    /// <inheritdoc/>
    public ChatAnswer ReadAnswer(JsonElement body) => BedrockAnswerReader.Read(body);

    /// <inheritdoc/>
    public IFrameReader CreateFrameReader() => new EventStreamFrameReader();

    /// <inheritdoc/>
    public IStreamReader CreateStreamReader() => new BedrockStreamReader();

    /// <inheritdoc/>
    public ModelError ReadError(int status, ReadOnlySpan<byte> body) => BedrockErrors.Read(status, body);
}
