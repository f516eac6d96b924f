using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OpenAiResponses;

/// <summary>
/// Items of type <c>reasoning</c>: a summary for people, and <c>encrypted_content</c>, which must come back. Other vendors' signatures travel in its place: beside a
/// text they are the signature over it, alone they are encrypted thoughts.
/// </summary>
internal static class OpenAiResponsesReasoning
{
    /// <summary>An item a caller brings back.</summary>
    public static ReasoningPart Read(RequestObject item)
    {
        var text = TextOf(item.Any("summary"), item.Any("content"));
        return Make(text, item.Text("encrypted_content"), item.Text("id"));
    }

    /// <summary>An item of an answer.</summary>
    public static ReasoningPart Read(JsonElement item) => Make(TextOf(item.Field("summary"), item.Field("content")), item.Text("encrypted_content"), item.Text("id"));

    /// <summary>What a caller brings back of the part; null for nothing.</summary>
    public static string? Shown(string? signature, string? redacted) => SignatureOrigin.Show(redacted ?? signature, SignatureOrigin.OpenAi);

    private static ReasoningPart Make(string text, string? encrypted, string? id)
    {
        var marked = SignatureOrigin.Mark(encrypted, SignatureOrigin.OpenAi);
        var isSignature = text.Length > 0 && marked is not null && SignatureOrigin.Own(marked, SignatureOrigin.OpenAi) is null;
        return new ReasoningPart(text) { Signature = isSignature ? marked : null, Redacted = isSignature ? null : marked, Id = id };
    }

    // Open models tell their thoughts themselves, OpenAI's a summary.
    private static string TextOf(JsonElement summary, JsonElement content)
    {
        var list = summary.ValueKind == JsonValueKind.Array && summary.GetArrayLength() > 0 ? summary : content;
        return list.ValueKind == JsonValueKind.Array ? string.Join("\n\n", list.EnumerateArray().Select(p => p.Text("text") ?? "")) : "";
    }
}
