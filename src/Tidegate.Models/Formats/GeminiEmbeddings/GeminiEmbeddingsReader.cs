using System.Text.Json;
using Tidegate.Models.Embeddings;
using Tidegate.Models.Formats.Gemini;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.GeminiEmbeddings;

/// <summary>Reads requests and answers.</summary>
internal static class GeminiEmbeddingsReader
{
    // Google's own limit.
    private const int MostInputs = 100;

    public static EmbeddingsRequest? ReadRequest(JsonElement body, bool one, FormatIssues issues)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            issues.Error("", $"The request must be a JSON object, not {RequestObject.Kind(body)}.");
            return null;
        }

        var fields = new RequestObject(body, "", issues, snakeToo: true);
        EmbeddingsRequest? request = null;
        if (one)
        {
            request = ReadItem(fields);
        }
        else
        {
            var items = 0;
            foreach (var item in fields.Objects("requests", required: true))
            {
                items++;
                request = Joined(request, ReadItem(item), item);
                item.TellRest();
            }

            if (items is 0 or > MostInputs && fields.TryGet("requests", out var list) && list.ValueKind == JsonValueKind.Array) fields.Wrong("requests", $"must hold 1 to {MostInputs} requests.");
        }

        fields.TellRest();
        return issues.HasErrors ? null : request;
    }

    public static EmbeddingsAnswer ReadAnswer(JsonElement body)
    {
        if (body.Child("error") is { ValueKind: JsonValueKind.Object }) throw new ToldErrorException(GeminiErrors.Read(0, body));
        if (body.Field("embeddings").ValueKind != JsonValueKind.Array && !body.Child("embedding").IsThere()) throw new FormatException("The answer has no embeddings.");
        float[][] vectors = body.Child("embedding").IsThere() ? [Vector(body.Field("embedding"))] : [.. body.Items("embeddings").Select(Vector)];
        return new EmbeddingsAnswer { Vectors = vectors, Usage = GeminiUsage.Read(body.Field("usageMetadata")) };
    }

    private static EmbeddingsRequest ReadItem(RequestObject item)
    {
        var texts = new List<string>();
        if (item.Child("content", required: true) is { } content)
        {
            foreach (var part in content.Objects("parts", required: true))
            {
                if (part.Has("text")) texts.Add(part.Text("text") ?? "");
                part.TellRest();
            }

            content.Ignore("role");
            content.TellRest();
        }

        return new EmbeddingsRequest
        {
            Model = item.Text("model") ?? "",
            Inputs = [new EmbeddingInput(string.Join("\n", texts))],
            Dimensions = item.Count("outputDimensionality", 1),
            Purpose = ReadPurpose(item),
        };
    }

    private static string? ReadPurpose(RequestObject item)
    {
        var task = item.Text("taskType");
        var purpose = GeminiEmbeddingsWriter.Purposes.FirstOrDefault(p => p.Task == task).Purpose;
        if (task is not (null or "TASK_TYPE_UNSPECIFIED") && purpose is null)
            item.Issues.Inexpressible(item.At("taskType"), $"others know {string.Join(", ", GeminiEmbeddingsWriter.Purposes.Select(p => p.Task))}.");
        return purpose;
    }

    private static EmbeddingsRequest Joined(EmbeddingsRequest? all, EmbeddingsRequest item, RequestObject fields)
    {
        if (all is null) return item;
        if (all.Dimensions != item.Dimensions) fields.Issues.Inexpressible(fields.At("outputDimensionality"), "must be the same for all requests.");
        if (all.Purpose != item.Purpose) fields.Issues.Inexpressible(fields.At("taskType"), "must be the same for all requests.");
        if (all.Model != item.Model) fields.Wrong("model", "must be the same for all requests.");
        return all with { Inputs = [.. all.Inputs, .. item.Inputs] };
    }

    private static float[] Vector(JsonElement embedding) => EmbeddingVector.Read(embedding.Field("values"));
}
