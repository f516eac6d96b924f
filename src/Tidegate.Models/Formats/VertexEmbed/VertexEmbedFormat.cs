using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Embeddings;
using Tidegate.Models.Formats.GeminiEmbeddings;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.VertexEmbed;

/// <summary>Embeddings of Google's models on Vertex AI: <c>:predict</c> with one instance per text.</summary>
public sealed class VertexEmbedFormat : IEmbeddingsTarget
{
    /// <summary>Word of the format.</summary>
    public const string Word = "vertex_embed";

    /// <inheritdoc/>
    public string Name => Word;

    /// <inheritdoc/>
    public void WriteRequest(EmbeddingsRequest request, Utf8JsonWriter json, FormatIssues issues)
    {
        var task = GeminiEmbeddingsWriter.Purposes.FirstOrDefault(p => p.Purpose == request.Purpose).Task;
        if (request.Purpose is not null && task is null) issues.Inexpressible("purpose", $"Vertex AI knows {string.Join(", ", GeminiEmbeddingsWriter.Purposes.Select(p => p.Purpose))}.");
        json.WriteStartObject();
        json.WriteStartArray("instances");
        for (var i = 0; i < request.Inputs.Count; i++)
        {
            if (request.Inputs[i].Text is not { } text)
            {
                issues.Inexpressible($"inputs[{i}]", "Vertex AI takes texts, no tokens.");
                continue;
            }

            json.WriteStartObject();
            json.WriteString("content", text);
            if (task is not null) json.WriteString("task_type", task);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (request.Dimensions is { } dimensions)
        {
            json.WriteStartObject("parameters");
            json.WriteNumber("outputDimensionality", dimensions);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public EmbeddingsAnswer ReadAnswer(JsonElement body)
    {
        if (body.Field("predictions").ValueKind != JsonValueKind.Array) throw new FormatException("The answer has no predictions.");
        var predictions = body.Items("predictions").Select(p => p.Child("embeddings")).ToList();
        return new EmbeddingsAnswer
        {
            Vectors = [.. predictions.Select(p => EmbeddingVector.Read(p.Field("values")))],
            Usage = predictions.Exists(p => p.Child("statistics").IsThere()) ? new Usage { Input = predictions.Sum(p => p.Field("statistics").Whole("token_count") ?? 0) } : null,
        };
    }
}
