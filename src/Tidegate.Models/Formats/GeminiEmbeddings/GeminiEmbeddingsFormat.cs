using System.Text.Json;
using Tidegate.Models.Embeddings;

namespace Tidegate.Models.Formats.GeminiEmbeddings;

/// <summary>
/// Google's embeddings: <c>batchEmbedContents</c>, and for callers also <c>embedContent</c>, which is for one text. Providers are always asked for a batch. The model stands
/// in the path, and in every item of a batch again.
/// </summary>
/// <param name="one">As <c>embedContent</c>.</param>
public sealed class GeminiEmbeddingsFormat(bool one = false) : IEmbeddingsFace, IEmbeddingsTarget
{
    /// <inheritdoc cref="IEmbeddingsFace.Name"/>
    public string Name => one ? "gemini_embedding" : "gemini_embeddings";

    /// <inheritdoc/>
    public EmbeddingsRequest? ReadRequest(JsonElement body, FormatIssues issues) => GeminiEmbeddingsReader.ReadRequest(body, one, issues);

    /// <inheritdoc/>
    public void WriteAnswer(EmbeddingsAnswer answer, EmbeddingsRequest request, Utf8JsonWriter json) => GeminiEmbeddingsWriter.WriteAnswer(answer, one, json);

    /// <inheritdoc/>
    public void WriteRequest(EmbeddingsRequest request, Utf8JsonWriter json, FormatIssues issues) => GeminiEmbeddingsWriter.WriteRequest(request, json, issues);

    /// <inheritdoc/>
    public EmbeddingsAnswer ReadAnswer(JsonElement body) => GeminiEmbeddingsReader.ReadAnswer(body);
}
