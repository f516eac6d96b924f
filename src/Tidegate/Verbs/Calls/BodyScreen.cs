using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tidegate.Cli;
using Tidegate.Insight.Bodies;

namespace Tidegate.Verbs.Calls;

/// <summary>Bodies for people: JSON indented where it is whole.</summary>
internal static class BodyScreen
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Show(VerbContext context, CallBodiesEntry bodies)
    {
        Show(context, "request", bodies.Request);
        Show(context, "answer", bodies.Answer);
    }

    private static void Show(VerbContext context, string name, BodyEntry body)
    {
        var output = context.Terminal.Out;
        output.WriteLine();
        output.WriteLine(PlainText.Of($"{name}: {Facts(body)}"));
        if (body.Text is { Length: > 0 } text) output.WriteLine(PlainText.Lines(Readable(text), ""));
    }

    private static string Facts(BodyEntry body)
    {
        if (body.MediaType.Length == 0) return "none";
        var facts = string.Create(CultureInfo.InvariantCulture, $"{body.MediaType}, {body.Size:N0} bytes");
        return body.Omitted switch
        {
            "binary" => facts + ", not kept: it is no text",
            "refused" => facts + ", not kept: a guardrail refused it",
            _ => body.Truncated ? facts + ", the beginning" : facts,
        };
    }

    private static string Readable(string text)
    {
        try
        {
            return JsonNode.Parse(text)?.ToJsonString(Indented) ?? text;
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
