using System.Text.Json;
using Tidegate.Models.Formats.OpenAi;
using Tidegate.Models.Json;
using Tidegate.Models.Rerank;

namespace Tidegate.Models.Formats.Rerank;

/// <summary>The common shape of <c>/v1/rerank</c>: Cohere, Jina, Voyage (with a word or two of its own), vLLM, Together and others.</summary>
public sealed class RerankFormat
{
    /// <summary>Word of the format.</summary>
    public const string Word = "rerank";

    /// <summary>Word of the format.</summary>
    public string Name => Word;

    /// <summary>Reads a request; see <see cref="IFaceFormat.ReadRequest"/>.</summary>
    public RerankRequest? ReadRequest(JsonElement body, FormatIssues issues)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            issues.Error("", $"the request must be an object, not {RequestObject.Kind(body)}.");
            return null;
        }

        var fields = new RequestObject(body, "", issues);
        var voyage = fields.Count("top_k", 1);
        var request = new RerankRequest
        {
            Model = fields.RequiredText("model"),
            Query = fields.RequiredText("query"),
            Documents = Documents(fields),
            Top = fields.Count("top_n", 1) ?? voyage,
            ReturnDocuments = fields.Flag("return_documents") ?? false,
        };
        fields.TellRest();
        return issues.HasErrors ? null : request;
    }

    /// <summary>Writes a request. Texts are not asked back: they are known.</summary>
    public void WriteRequest(RerankRequest request, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("model", request.Model);
        json.WriteString("query", request.Query);
        json.WriteStartArray("documents");
        foreach (var document in request.Documents) json.WriteStringValue(document);
        json.WriteEndArray();
        json.Optional("top_n", request.Top);
        json.WriteEndObject();
    }

    /// <summary>Reads an answer. Throws <see cref="FormatException"/> for JSON that is none.</summary>
    public RerankAnswer ReadAnswer(JsonElement body)
    {
        if (OpenAiErrors.Of(body, 0) is { } error) throw new ToldErrorException(error);
        var list = body.Field("results").ValueKind == JsonValueKind.Array ? "results" : "data";
        if (body.Field(list).ValueKind != JsonValueKind.Array) throw new FormatException("The answer has no results.");
        var billed = body.Field("meta").Field("billed_units");
        return new RerankAnswer
        {
            Id = body.Text("id") ?? "",
            Model = body.Text("model") ?? "",
            Results =
            [
                .. body.Items(list)
                    .Select(r => new RerankResult((int)Math.Clamp(r.Whole("index") ?? -1, -1, int.MaxValue), r.Number("relevance_score") ?? r.Number("score") ?? 0))
                    .Where(r => r.Index >= 0)
                    .OrderByDescending(r => r.Score),
            ],
            Usage = OpenAiUsage.Read(body.Field("usage")) ?? OpenAiUsage.Read(body.Field("meta").Field("tokens")),
            SearchUnits = billed.Whole("search_units"),
        };
    }

    /// <summary>Writes an answer, with the texts of the request where it asked for them.</summary>
    public void WriteAnswer(RerankAnswer answer, RerankRequest request, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (answer.Id.Length > 0) json.WriteString("id", answer.Id);
        json.WriteString("object", "list");
        json.WriteString("model", request.Model);
        json.WriteStartArray("results");
        foreach (var result in answer.Results)
        {
            json.WriteStartObject();
            json.WriteNumber("index", result.Index);
            json.WriteNumber("relevance_score", result.Score);
            if (request.ReturnDocuments && result.Index < request.Documents.Count)
            {
                json.WriteStartObject("document");
                json.WriteString("text", request.Documents[result.Index]);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteBill(answer, json);
        json.WriteEndObject();
    }

    private static void WriteBill(RerankAnswer answer, Utf8JsonWriter json)
    {
        if (answer.Usage is { } usage)
        {
            json.WriteStartObject("usage");
            json.WriteNumber("prompt_tokens", usage.Input);
            json.WriteNumber("total_tokens", usage.Total);
            json.WriteEndObject();
        }

        if (answer.SearchUnits is not { } units) return;
        json.WriteStartObject("meta");
        json.WriteStartObject("billed_units");
        json.WriteNumber("search_units", units);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static List<string> Documents(RequestObject fields)
    {
        var texts = new List<string>();
        foreach (var (item, path) in fields.Items("documents", required: true))
        {
            if (item.ValueKind == JsonValueKind.String) texts.Add(JsonText.Read(item));
            else if (item.Text("text") is { } text) texts.Add(text);
            else fields.Issues.Error(path, $"must be a string or an object with text, not {RequestObject.Kind(item)}.");
        }

        return texts;
    }
}
