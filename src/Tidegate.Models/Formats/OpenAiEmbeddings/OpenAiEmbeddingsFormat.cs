using System.Text.Json;
using Tidegate.Models.Embeddings;

namespace Tidegate.Models.Formats.OpenAiEmbeddings;

/// <summary>OpenAI's embeddings (<c>/v1/embeddings</c>) and those of its look-alikes.</summary>
/// <param name="askBase64">Ask the provider for base64, which is half the bytes; false for look-alikes that only know numbers. Of no meaning for faces.</param>
public sealed class OpenAiEmbeddingsFormat(bool askBase64 = false) : IEmbeddingsFace, IEmbeddingsTarget
{
    /// <summary>Word of the format.</summary>
    public const string Word = "openai_embeddings";

    /// <inheritdoc cref="IEmbeddingsFace.Name"/>
    public string Name => Word;

    /// <inheritdoc/>
    public EmbeddingsRequest? ReadRequest(JsonElement body, FormatIssues issues) => OpenAiEmbeddingsReader.ReadRequest(body, issues);

    /// <inheritdoc/>
    public void WriteAnswer(EmbeddingsAnswer answer, EmbeddingsRequest request, Utf8JsonWriter json) => OpenAiEmbeddingsWriter.WriteAnswer(answer, request, json);

    /// <inheritdoc/>
    public void WriteRequest(EmbeddingsRequest request, Utf8JsonWriter json, FormatIssues issues) => OpenAiEmbeddingsWriter.WriteRequest(request, askBase64, json, issues);

    /// <inheritdoc/>
    public EmbeddingsAnswer ReadAnswer(JsonElement body) => OpenAiEmbeddingsReader.ReadAnswer(body);
}
