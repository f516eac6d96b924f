using System.Text.Json;
using Tidegate.Models.Embeddings;
using Tidegate.Models.Formats.OpenAi;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OpenAiEmbeddings;

/// <summary>Reads requests and answers.</summary>
internal static class OpenAiEmbeddingsReader
{
    // OpenAI's own limit.
    private const int MostInputs = 2048;

    public static EmbeddingsRequest? ReadRequest(JsonElement body, FormatIssues issues)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            issues.Error("", $"the request must be an object, not {RequestObject.Kind(body)}.");
            return null;
        }

        var fields = new RequestObject(body, "", issues);
        var request = new EmbeddingsRequest
        {
            Model = fields.RequiredText("model"),
            Inputs = Inputs(fields),
            Dimensions = fields.Count("dimensions", 1),
            Base64 = fields.Word("encoding_format", "float", "base64") == "base64",
            // The word of vLLM, Voyage, Cohere and Jina.
            Purpose = PurposeOf(fields.Text("input_type")),
            User = fields.Text("user"),
        };
        fields.TellRest();
        return issues.HasErrors ? null : request;
    }

    public static EmbeddingsAnswer ReadAnswer(JsonElement body)
    {
        if (OpenAiErrors.Of(body, 0) is { } error) throw new ToldErrorException(error);
        if (body.Field("data").ValueKind != JsonValueKind.Array) throw new FormatException("The answer has no data.");
        var vectors = body.Items("data").Select((item, i) => (Index: item.Whole("index") ?? i, Vector: Vector(item.Field("embedding")))).OrderBy(v => v.Index);
        return new EmbeddingsAnswer { Model = body.Text("model") ?? "", Vectors = [.. vectors.Select(v => v.Vector)], Usage = OpenAiUsage.Read(body.Field("usage")) };
    }

    // A text, texts, tokens, or lists of tokens.
    private static List<EmbeddingInput> Inputs(RequestObject fields)
    {
        var input = fields.Any("input");
        switch (input.ValueKind)
        {
            case JsonValueKind.String:
                return [new EmbeddingInput(JsonText.Read(input))];
            case JsonValueKind.Array when input.GetArrayLength() is 0 or > MostInputs && (input.GetArrayLength() == 0 || input[0].ValueKind != JsonValueKind.Number):
                fields.Wrong("input", $"must hold 1 to {MostInputs} texts or lists of tokens, not {input.GetArrayLength()}.");
                return [];
            case JsonValueKind.Array when input[0].ValueKind == JsonValueKind.Number:
                return Tokens(input) is { } alone ? [new EmbeddingInput(null, alone)] : Wrong(fields, "input");
            case JsonValueKind.Array:
                var inputs = new List<EmbeddingInput>();
                foreach (var (item, path) in fields.Items("input"))
                {
                    if (item.ValueKind == JsonValueKind.String) inputs.Add(new EmbeddingInput(JsonText.Read(item)));
                    else if (item.ValueKind == JsonValueKind.Array && Tokens(item) is { } tokens) inputs.Add(new EmbeddingInput(null, tokens));
                    else fields.Issues.Error(path, $"must be a string or a list of tokens, not {RequestObject.Kind(item)}.");
                }

                return inputs;
            default:
                return Wrong(fields, "input");
        }
    }

    private static List<EmbeddingInput> Wrong(RequestObject fields, string name)
    {
        fields.Wrong(name, "is required: a string, a list of strings, or tokens.");
        return [];
    }

    private static List<int>? Tokens(JsonElement list)
    {
        var tokens = new List<int>(list.GetArrayLength());
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt32(out var token) || token < 0) return null;
            tokens.Add(token);
        }

        return tokens;
    }

    private static string? PurposeOf(string? inputType) => inputType?.Replace("search_", "", StringComparison.Ordinal) switch
    {
        "passage" => "document",
        var word => word,
    };

    private static float[] Vector(JsonElement embedding) =>
        embedding.ValueKind == JsonValueKind.String && EmbeddingVector.FromBase64(JsonText.Read(embedding)) is { } vector ? vector : EmbeddingVector.Read(embedding);
}
