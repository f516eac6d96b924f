using System.Text.Json;

namespace Tidegate.Gateway.Models.Guarding.Webhooks;

/// <summary>Reads what an outside guard answers: <c>{"decision":"allow"}</c>, <c>{"decision":"block","reason":"..."}</c>, <c>{"decision":"replace","segments":[{"index":0,"text":"..."}]}</c>.</summary>
internal static class WebhookAnswer
{
    // What callers and records are told of it.
    private const int MostReason = 200;

    /// <summary>The verdict; anything else than the three is a failure.</summary>
    /// <param name="body">What came.</param>
    /// <param name="asked">Segments it was asked about.</param>
    public static WebhookVerdict Read(ReadOnlyMemory<byte> body, int asked)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 16 });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("decision"u8, out var decision) || decision.ValueKind != JsonValueKind.String) return Strange;
            if (decision.ValueEquals("allow"u8)) return WebhookVerdict.Allow;
            if (decision.ValueEquals("block"u8)) return WebhookVerdict.Block(Reason(root));
            return decision.ValueEquals("replace"u8) ? Replace(root, asked) : Strange;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // half a character in a text
        {
            return WebhookVerdict.Failed("its answer is no JSON");
        }
    }

    private static WebhookVerdict Strange => WebhookVerdict.Failed("its answer is none of allow, block and replace");

    // It goes into an error and a record: one line, without what terminals act on.
    private static string Reason(JsonElement root)
    {
        if (!root.TryGetProperty("reason"u8, out var reason) || reason.ValueKind != JsonValueKind.String) return "";
        var text = string.Concat(reason.GetString()!.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c)).Trim();
        return text.Length <= MostReason ? text : text[..MostReason] + "...";
    }

    private static WebhookVerdict Replace(JsonElement root, int asked)
    {
        if (!root.TryGetProperty("segments"u8, out var segments) || segments.ValueKind != JsonValueKind.Array) return WebhookVerdict.Failed("it replaces, and says nothing of what");
        var texts = new Dictionary<int, string>();
        foreach (var segment in segments.EnumerateArray())
        {
            if (segment.ValueKind != JsonValueKind.Object
                || !segment.TryGetProperty("index"u8, out var at) || at.ValueKind != JsonValueKind.Number || !at.TryGetInt32(out var index) || index < 0 || index >= asked
                || !segment.TryGetProperty("text"u8, out var text) || text.ValueKind != JsonValueKind.String || !texts.TryAdd(index, text.GetString()!))
                return WebhookVerdict.Failed("it replaces a segment that is none, or the same one twice");
        }

        return new WebhookVerdict(WebhookDecision.Replace, "", texts);
    }
}
