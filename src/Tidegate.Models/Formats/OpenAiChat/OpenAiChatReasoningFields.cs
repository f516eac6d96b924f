using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OpenAiChat;

/// <summary>
/// Thoughts, which OpenAI's chat hides and look-alikes show: <c>reasoning_content</c> (DeepSeek, vLLM, Qwen) or <c>reasoning</c> (OpenRouter, Groq) for the text, and
/// OpenRouter's <c>reasoning_details</c> for whole blocks with what must come back to the provider: signatures and encrypted thoughts.
/// </summary>
internal static class OpenAiChatReasoningFields
{
    // OpenRouter's words for whose thoughts they are.
    private static readonly (string Start, string Format, string Origin)[] Vendors =
    [
        ("anthropic-", "anthropic-claude-v1", SignatureOrigin.Anthropic),
        ("google-", "google-gemini-v1", SignatureOrigin.Gemini),
        ("openai-", "openai-responses-v1", SignatureOrigin.OpenAi),
    ];

    /// <summary>The blocks of a whole message.</summary>
    public static List<ReasoningPart> ReadAll(string? text, JsonElement details)
    {
        var parts = new List<ReasoningPart>();
        var told = false;
        if (details.ValueKind == JsonValueKind.Array)
        {
            foreach (var detail in details.EnumerateArray())
            {
                if (Read(detail) is not { } part) continue;
                told |= part.Text.Length > 0;
                parts.Add(part);
            }
        }

        if (told || string.IsNullOrEmpty(text)) return parts;
        // Signatures without the text they stand for: it is beside them.
        if (parts.Find(p => p.Redacted is null) is { } unsaid) parts[parts.IndexOf(unsaid)] = unsaid with { Text = text };
        else parts.Insert(0, new ReasoningPart(text));
        return parts;
    }

    /// <summary>One block of <c>reasoning_details</c>; null when it says nothing.</summary>
    public static ReasoningPart? Read(JsonElement detail)
    {
        var part = new ReasoningPart(detail.Text("text") ?? detail.Text("summary") ?? "")
        {
            Signature = SignatureOrigin.Mark(detail.Text("signature"), OriginOf(detail)),
            Redacted = detail.Text("type") == "reasoning.encrypted" ? SignatureOrigin.Mark(detail.Text("data"), OriginOf(detail)) : null,
            Id = detail.Text("id"),
        };
        return part is { Text: "", Signature: null, Redacted: null } ? null : part;
    }

    /// <summary>Writes the text, and the blocks where one of them has something that must come back.</summary>
    /// <param name="textField">Name of the field of the text.</param>
    /// <param name="parts">The blocks.</param>
    /// <param name="toProvider">For a provider, which made the signatures itself; else for a caller, who brings them back as they are shown.</param>
    /// <param name="json">Open object of the message.</param>
    public static void Write(string textField, IReadOnlyList<ReasoningPart> parts, bool toProvider, Utf8JsonWriter json)
    {
        if (parts.Count == 0) return;
        var text = string.Concat(parts.Select(p => p.Text));
        if (text.Length > 0) json.WriteString(textField, text);
        if (parts.All(p => p.Signature is null && p.Redacted is null)) return;
        json.WriteStartArray("reasoning_details");
        for (var i = 0; i < parts.Count; i++) WriteDetail(parts[i], i, toProvider, json);
        json.WriteEndArray();
    }

    /// <summary>Writes one block of <c>reasoning_details</c>.</summary>
    public static void WriteDetail(ReasoningPart part, int index, bool toProvider, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (part.Redacted is { } redacted)
        {
            json.WriteString("type", "reasoning.encrypted");
            json.WriteString("data", Marked(redacted, toProvider));
        }
        else
        {
            json.WriteString("type", "reasoning.text");
            json.WriteString("text", part.Text);
            json.Optional("signature", Marked(part.Signature, toProvider));
        }

        json.Optional("id", part.Id);
        if (toProvider) json.Optional("format", Vendors.FirstOrDefault(f => SignatureOrigin.Own(part.Signature ?? part.Redacted, f.Origin) is not null).Format);
        json.WriteNumber("index", index);
        json.WriteEndObject();
    }

    private static string OriginOf(JsonElement detail)
    {
        var format = detail.Text("format") ?? "";
        return Vendors.FirstOrDefault(f => format.StartsWith(f.Start, StringComparison.Ordinal)).Origin ?? SignatureOrigin.OpenAi;
    }

    private static string? Marked(string? signature, bool toProvider)
    {
        if (!toProvider) return SignatureOrigin.Show(signature, SignatureOrigin.OpenAi);
        foreach (var (_, _, origin) in Vendors)
            if (SignatureOrigin.Own(signature, origin) is { } own) return own;
        return signature;
    }
}
