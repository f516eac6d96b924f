using System.Text.Json;
using Tidegate.Models.Formats;

namespace Tidegate.Models.Embeddings;

/// <summary>An embeddings format as providers speak it. Errors are those of the vendor's chat format.</summary>
public interface IEmbeddingsTarget
{
    /// <summary>Word of the format; a call whose face has the same word passes through byte for byte.</summary>
    string Name { get; }

    /// <summary>Writes a request; see <see cref="ITargetFormat.WriteRequest"/>.</summary>
    void WriteRequest(EmbeddingsRequest request, Utf8JsonWriter json, FormatIssues issues);

    /// <summary>Reads an answer. Throws <see cref="FormatException"/> for JSON that is none.</summary>
    EmbeddingsAnswer ReadAnswer(JsonElement body);
}
