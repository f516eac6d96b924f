using System.Text.Json;
using Tidegate.Models.Embeddings;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OpenAiEmbeddings;

/// <summary>Writes requests and answers.</summary>
internal static class OpenAiEmbeddingsWriter
{
    public static void WriteRequest(EmbeddingsRequest request, bool askBase64, Utf8JsonWriter json, FormatIssues issues)
    {
        json.WriteStartObject();
        json.WriteString("model", request.Model);
        json.WriteStartArray("input");
        foreach (var input in request.Inputs) WriteInput(input, json);
        json.WriteEndArray();
        json.Optional("dimensions", request.Dimensions);
        if (askBase64) json.WriteString("encoding_format", "base64");
        json.Optional("user", request.User);
        json.WriteEndObject();
        if (request.Purpose is not null) issues.Inexpressible("purpose", "this format makes one kind of vector for all uses");
    }

    public static void WriteAnswer(EmbeddingsAnswer answer, EmbeddingsRequest request, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        for (var i = 0; i < answer.Vectors.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("object", "embedding");
            json.WriteNumber("index", i);
            WriteVector(answer.Vectors[i], request.Base64, json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("model", request.Model);
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", answer.Usage?.Input ?? 0);
        json.WriteNumber("total_tokens", answer.Usage?.Total ?? 0);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteInput(EmbeddingInput input, Utf8JsonWriter json)
    {
        if (input.Tokens is not { } tokens)
        {
            json.WriteStringValue(input.Text);
            return;
        }

        json.WriteStartArray();
        foreach (var token in tokens) json.WriteNumberValue(token);
        json.WriteEndArray();
    }

    private static void WriteVector(float[] vector, bool base64, Utf8JsonWriter json)
    {
        if (base64)
        {
            json.WriteString("embedding", EmbeddingVector.ToBase64(vector));
            return;
        }

        json.WriteStartArray("embedding");
        foreach (var number in vector) json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
