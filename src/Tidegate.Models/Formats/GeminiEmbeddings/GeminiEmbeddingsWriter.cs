using System.Text.Json;
using Tidegate.Models.Embeddings;

namespace Tidegate.Models.Formats.GeminiEmbeddings;

/// <summary>Writes requests and answers.</summary>
internal static class GeminiEmbeddingsWriter
{
    public static readonly (string Purpose, string Task)[] Purposes =
    [
        ("query", "RETRIEVAL_QUERY"), ("document", "RETRIEVAL_DOCUMENT"), ("classification", "CLASSIFICATION"), ("clustering", "CLUSTERING"), ("similarity", "SEMANTIC_SIMILARITY"),
    ];

    public static void WriteRequest(EmbeddingsRequest request, Utf8JsonWriter json, FormatIssues issues)
    {
        var task = Purposes.FirstOrDefault(p => p.Purpose == request.Purpose).Task;
        if (request.Purpose is not null && task is null) issues.Inexpressible("purpose", $"Gemini knows {string.Join(", ", Purposes.Select(p => p.Purpose))}.");
        json.WriteStartObject();
        json.WriteStartArray("requests");
        for (var i = 0; i < request.Inputs.Count; i++)
        {
            if (request.Inputs[i].Text is not { } text)
            {
                issues.Inexpressible($"inputs[{i}]", "Gemini takes texts, no tokens.");
                continue;
            }

            json.WriteStartObject();
            json.WriteString("model", request.Model.Contains('/', StringComparison.Ordinal) ? request.Model : "models/" + request.Model);
            json.WriteStartObject("content");
            json.WriteStartArray("parts");
            json.WriteStartObject();
            json.WriteString("text", text);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            if (task is not null) json.WriteString("taskType", task);
            if (request.Dimensions is { } dimensions) json.WriteNumber("outputDimensionality", dimensions);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void WriteAnswer(EmbeddingsAnswer answer, bool one, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (one)
        {
            json.WritePropertyName("embedding");
            WriteVector(answer.Vectors.Count > 0 ? answer.Vectors[0] : [], json);
        }
        else
        {
            json.WriteStartArray("embeddings");
            foreach (var vector in answer.Vectors) WriteVector(vector, json);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteVector(float[] vector, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("values");
        foreach (var number in vector) json.WriteNumberValue(number);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
