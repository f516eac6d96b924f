using System.Text.Json;
using Tidegate.Models.Formats;

namespace Tidegate.Models.Embeddings;

/// <summary>An embeddings format as callers speak it. Errors are those of the vendor's chat format.</summary>
public interface IEmbeddingsFace
{
    /// <summary>Word of the format in configuration, records and metrics.</summary>
    string Name { get; }

    /// <summary>Reads a request; see <see cref="IFaceFormat.ReadRequest"/>.</summary>
    EmbeddingsRequest? ReadRequest(JsonElement body, FormatIssues issues);

    /// <summary>Writes an answer, in the encoding the request asked for.</summary>
    void WriteAnswer(EmbeddingsAnswer answer, EmbeddingsRequest request, Utf8JsonWriter json);
}
