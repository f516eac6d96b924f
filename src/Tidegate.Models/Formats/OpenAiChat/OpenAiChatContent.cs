using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OpenAiChat;

/// <summary>Reads <c>content</c> of answers and deltas: text; or a list of parts, where Mistral puts its thoughts.</summary>
internal static class OpenAiChatContent
{
    public static IEnumerable<Part> Read(JsonElement content)
    {
        if (content.ValueKind == JsonValueKind.String && JsonText.Read(content) is { Length: > 0 } alone) yield return new TextPart(alone);
        if (content.ValueKind != JsonValueKind.Array) yield break;
        foreach (var item in content.EnumerateArray())
        {
            switch (item.Text("type"))
            {
                case "thinking":
                    yield return new ReasoningPart(item.Text("thinking") ?? string.Concat(item.Items("thinking").Select(t => t.Text("text")))) { Signature = item.Text("signature") };
                    break;
                case "refusal" when item.Text("refusal") is { Length: > 0 } refusal:
                    yield return new RefusalPart(refusal);
                    break;
                case "text" or "output_text" when item.Text("text") is { Length: > 0 } text:
                    yield return new TextPart(text);
                    break;
            }
        }
    }

    /// <summary>Arguments of a function: a string of JSON, or with some look-alikes the JSON itself.</summary>
    public static string Arguments(JsonElement function) => function.Field("arguments") switch
    {
        { ValueKind: JsonValueKind.String } text => JsonText.Read(text),
        { ValueKind: JsonValueKind.Object } json => json.GetRawText(),
        _ => "",
    };
}
