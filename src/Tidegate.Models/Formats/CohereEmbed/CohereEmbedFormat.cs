using System.Text.Json;
using Tidegate.Models.Embeddings;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.CohereEmbed;

/// <summary>Cohere's <c>/v2/embed</c>, as providers speak it. It demands to know what vectors are for: documents, where the caller does not say.</summary>
/// <param name="modelInPath">On Bedrock the model stands in the path, not in the body.</param>
public sealed class CohereEmbedFormat(bool modelInPath = false) : IEmbeddingsTarget
{
    /// <summary>Word of the format.</summary>
    public const string Word = "cohere_embed";

    // Cohere's own limit.
    private const int MostInputs = 96;

    private static readonly Dictionary<string, string> Purposes = new(StringComparer.Ordinal)
    {
        ["query"] = "search_query", ["document"] = "search_document", ["classification"] = "classification", ["clustering"] = "clustering",
    };

    /// <inheritdoc/>
    public string Name => Word;

    /// <inheritdoc/>
    public void WriteRequest(EmbeddingsRequest request, Utf8JsonWriter json, FormatIssues issues)
    {
        var purpose = request.Purpose ?? "document";
        if (!Purposes.ContainsKey(purpose)) issues.Inexpressible("purpose", $"Cohere knows {string.Join(", ", Purposes.Keys)}.");
        if (request.Inputs.Count > MostInputs) issues.Error("inputs", $"Cohere takes at most {MostInputs} texts per call, not {request.Inputs.Count}.");
        json.WriteStartObject();
        if (!modelInPath) json.WriteString("model", request.Model);
        json.WriteString("input_type", Purposes.GetValueOrDefault(purpose, "search_document"));
        json.WriteStartArray("embedding_types");
        json.WriteStringValue("float");
        json.WriteEndArray();
        json.WriteStartArray("texts");
        for (var i = 0; i < request.Inputs.Count; i++)
        {
            if (request.Inputs[i].Text is { } text) json.WriteStringValue(text);
            else issues.Inexpressible($"inputs[{i}]", "Cohere takes texts, no tokens.");
        }

        json.WriteEndArray();
        json.Optional("output_dimension", request.Dimensions);
        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public EmbeddingsAnswer ReadAnswer(JsonElement body)
    {
        var embeddings = body.Field("embeddings");
        return new EmbeddingsAnswer { Vectors = EmbeddingVector.ReadAll(embeddings.ValueKind == JsonValueKind.Object ? embeddings.Field("float") : embeddings), Usage = AnswerUsage.Of(body) };
    }
}
