using System.Text.Json;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OpenAi;

/// <summary>The list of models (<c>/v1/models</c>) of OpenAI and its look-alikes.</summary>
public static class OpenAiModelList
{
    /// <summary>Reads a provider's list. Some give the list bare, without an object around it. Throws <see cref="FormatException"/> for JSON that is none.</summary>
    public static IReadOnlyList<ListedModel> Read(JsonElement body)
    {
        var list = body.ValueKind == JsonValueKind.Array ? body : body.Field("data");
        if (list.ValueKind != JsonValueKind.Array) throw new FormatException("The answer is no list of models.");
        return [.. list.EnumerateArray().Where(m => m.Text("id") is { Length: > 0 }).Select(m => new ListedModel(m.Text("id")!, m.Whole("created"), m.Text("owned_by")) { ContextWindow = Window(m) })];
    }

    /// <summary>Writes a list.</summary>
    public static void Write(IEnumerable<ListedModel> models, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        foreach (var model in models)
        {
            json.WriteStartObject();
            json.WriteString("id", model.Id);
            json.WriteString("object", "model");
            // The SDKs demand both.
            json.WriteNumber("created", model.Created ?? 0);
            json.WriteString("owned_by", model.OwnedBy ?? "");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    // OpenRouter and Together, vLLM, Groq, llama.cpp.
    private static long? Window(JsonElement model) =>
        model.Whole("context_length") ?? model.Whole("max_model_len") ?? model.Whole("context_window") ?? model.Field("meta").Whole("n_ctx_train");
}

/// <summary>A model of a list.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Created">Unix seconds; null when not said.</param>
/// <param name="OwnedBy">Who made it; null when not said.</param>
public sealed record ListedModel(string Id, long? Created, string? OwnedBy)
{
    /// <summary>Tokens of its window, where the list tells; null elsewhere.</summary>
    public long? ContextWindow { get; init; }
}
