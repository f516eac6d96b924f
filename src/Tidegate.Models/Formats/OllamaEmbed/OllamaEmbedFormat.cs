using System.Text.Json;
using Tidegate.Models.Embeddings;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OllamaEmbed;

/// <summary>Ollama's <c>/api/embed</c>, and for callers also the older <c>/api/embeddings</c>, which is for one text. Providers are asked for the former.</summary>
/// <param name="one">As <c>/api/embeddings</c>.</param>
public sealed class OllamaEmbedFormat(bool one = false) : IEmbeddingsFace, IEmbeddingsTarget
{
    /// <summary>Word of the format.</summary>
    public const string Word = "ollama_embed";

    /// <inheritdoc cref="IEmbeddingsFace.Name"/>
    public string Name => one ? "ollama_embedding" : Word;

    /// <inheritdoc/>
    public EmbeddingsRequest? ReadRequest(JsonElement body, FormatIssues issues)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            issues.Error("", $"The request must be a JSON object, not {RequestObject.Kind(body)}.");
            return null;
        }

        var fields = new RequestObject(body, "", issues);
        var name = one ? "prompt" : "input";
        if (!fields.Has(name)) fields.Wrong(name, one ? "is required: a string." : "is required: a string or a list of strings.");
        var texts = one ? [fields.Text(name) ?? ""] : fields.TextOrTexts(name);
        if (texts.Count == 0 && fields.TryGet(name, out var list) && list.ValueKind == JsonValueKind.Array) fields.Wrong(name, "must hold at least one text.");
        var request = new EmbeddingsRequest
        {
            Model = fields.Text("model", required: true) ?? "",
            Inputs = [.. texts.Select(t => new EmbeddingInput(t))],
            Dimensions = fields.Count("dimensions", 1),
        };
        fields.Hint("keep_alive", "truncate", "options"); // how the caller's own machine would hold the model
        fields.TellRest();
        return issues.HasErrors ? null : request;
    }

    /// <inheritdoc/>
    public void WriteAnswer(EmbeddingsAnswer answer, EmbeddingsRequest request, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (one)
        {
            WriteVector("embedding", answer.Vectors[0], json);
        }
        else
        {
            json.WriteString("model", request.Model);
            json.WriteStartArray("embeddings");
            foreach (var vector in answer.Vectors) WriteVector(null, vector, json);
            json.WriteEndArray();
            if (answer.Usage is { } usage) json.WriteNumber("prompt_eval_count", usage.Input);
        }

        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public void WriteRequest(EmbeddingsRequest request, Utf8JsonWriter json, FormatIssues issues)
    {
        json.WriteStartObject();
        json.WriteString("model", request.Model);
        json.WriteStartArray("input");
        for (var i = 0; i < request.Inputs.Count; i++)
        {
            if (request.Inputs[i].Text is { } text) json.WriteStringValue(text);
            else issues.Inexpressible($"inputs[{i}]", "Ollama takes texts, no tokens.");
        }

        json.WriteEndArray();
        json.Optional("dimensions", request.Dimensions);
        json.WriteEndObject();
        if (request.Purpose is not null) issues.Inexpressible("purpose", "Ollama makes one kind of vector for all uses.");
    }

    /// <inheritdoc/>
    public EmbeddingsAnswer ReadAnswer(JsonElement body) => new()
    {
        Model = body.Text("model") ?? "",
        Vectors = EmbeddingVector.ReadAll(body.Field("embeddings")),
        Usage = AnswerUsage.Of(body),
    };

    private static void WriteVector(string? name, float[] vector, Utf8JsonWriter json)
    {
        if (name is not null) json.WritePropertyName(name);
        json.WriteStartArray();
        foreach (var number in vector) json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
