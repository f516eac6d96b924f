using System.Text;
using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OpenAiResponses;

/// <summary>Thoughts: their text as a summary, and what must come back encrypted or signed.</summary>
internal sealed class OpenAiResponsesReasoningItem(string id, int index, OpenAiResponsesEvents events) : OpenAiResponsesItem(id, index, events)
{
    private readonly StringBuilder _text = new();
    private string? _mark;

    // A signature ends a block; encrypted thoughts belong to the summary before them, when they are OpenAI's, and are a block of their own otherwise.
    public override bool Accepts(ChatEvent next) =>
        next is ReasoningDelta delta && _mark is null && (delta.Redacted is null || _text.Length == 0 || SignatureOrigin.Own(delta.Redacted, SignatureOrigin.OpenAi) is not null);

    public override void Add(ChatEvent next)
    {
        var delta = (ReasoningDelta)next;
        _mark = OpenAiResponsesReasoning.Shown(delta.Signature, delta.Redacted);
        if (delta.Text.Length == 0) return;
        if (_text.Length == 0) TellPart("response.reasoning_summary_part.added"u8);
        _text.Append(delta.Text);
        Events.Write("response.reasoning_summary_text.delta"u8, (Item: this, delta.Text), static (json, e) =>
        {
            e.Item.WriteSummaryPlace(json);
            json.WriteString("delta", e.Text);
        });
    }

    public override void Write(Utf8JsonWriter json, string status)
    {
        json.WriteStartObject();
        json.WriteString("type", "reasoning");
        json.WriteString("id", Id);
        json.WriteStartArray("summary");
        if (_text.Length > 0) WriteSummary(json);
        json.WriteEndArray();
        json.Optional("encrypted_content", _mark);
        json.WriteEndObject();
    }

    protected override void EndParts()
    {
        if (_text.Length == 0) return;
        Events.Write("response.reasoning_summary_text.done"u8, this, static (json, item) =>
        {
            item.WriteSummaryPlace(json);
            json.WriteString("text", item._text.ToString());
        });
        TellPart("response.reasoning_summary_part.done"u8);
    }

    private void TellPart(ReadOnlySpan<byte> type) => Events.Write(type, this, static (json, item) =>
    {
        item.WriteSummaryPlace(json);
        json.WritePropertyName("part");
        item.WriteSummary(json);
    });

    private void WriteSummaryPlace(Utf8JsonWriter json)
    {
        WritePlace(json);
        json.WriteNumber("summary_index", 0);
    }

    private void WriteSummary(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", "summary_text");
        json.WriteString("text", _text.ToString());
        json.WriteEndObject();
    }
}
