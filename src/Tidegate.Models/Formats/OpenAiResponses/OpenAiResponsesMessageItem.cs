using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAi;

namespace Tidegate.Models.Formats.OpenAiResponses;

/// <summary>A message: texts with their sources, and refusals.</summary>
internal sealed class OpenAiResponsesMessageItem(string id, int index, OpenAiResponsesEvents events) : OpenAiResponsesItem(id, index, events)
{
    private readonly List<OpenAiResponsesContent> _parts = [];

    public override bool Accepts(ChatEvent next) => next is TextDelta or RefusalDelta or CitationAdded;

    public override void Add(ChatEvent next)
    {
        var isRefusal = next is RefusalDelta;
        if (_parts.Count == 0 || (next is not CitationAdded && _parts[^1].IsRefusal != isRefusal)) Open(isRefusal);
        var part = _parts[^1];
        switch (next)
        {
            case TextDelta text:
                part.Text.Append(text.Text);
                part.Logprobs.AddRange(text.Logprobs);
                Events.Write("response.output_text.delta"u8, (Item: this, Delta: text), static (json, e) =>
                {
                    e.Item.WritePart(json);
                    json.WriteString("delta", e.Delta.Text);
                    OpenAiLogprobs.Write("logprobs", e.Delta.Logprobs, json);
                });
                break;
            case RefusalDelta refusal:
                part.Text.Append(refusal.Text);
                Events.Write("response.refusal.delta"u8, (Item: this, refusal.Text), static (json, e) =>
                {
                    e.Item.WritePart(json);
                    json.WriteString("delta", e.Text);
                });
                break;
            case CitationAdded citation:
                part.Citations.Add(citation.Citation);
                Events.Write("response.output_text.annotation.added"u8, (Item: this, Part: part), static (json, e) =>
                {
                    e.Item.WritePart(json);
                    json.WriteNumber("annotation_index", e.Part.Citations.Count - 1);
                    json.WritePropertyName("annotation");
                    OpenAiCitations.WriteResponses(e.Part.Citations[^1], json);
                });
                break;
        }
    }

    public override void Write(Utf8JsonWriter json, string status)
    {
        json.WriteStartObject();
        json.WriteString("type", "message");
        json.WriteString("id", Id);
        json.WriteString("status", status);
        json.WriteString("role", "assistant");
        json.WriteStartArray("content");
        foreach (var part in _parts) part.Write(json);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    protected override void EndParts()
    {
        if (_parts.Count > 0) Close();
    }

    private void Open(bool isRefusal)
    {
        if (_parts.Count > 0) Close();
        _parts.Add(new OpenAiResponsesContent(isRefusal));
        Tell("response.content_part.added"u8);
    }

    private void Close()
    {
        Events.Write(_parts[^1].IsRefusal ? "response.refusal.done"u8 : "response.output_text.done"u8, this, static (json, item) =>
        {
            var part = item._parts[^1];
            item.WritePart(json);
            json.WriteString(part.IsRefusal ? "refusal" : "text", part.Text.ToString());
            if (!part.IsRefusal) OpenAiLogprobs.Write("logprobs", part.Logprobs, json);
        });
        Tell("response.content_part.done"u8);
    }

    private void Tell(ReadOnlySpan<byte> type) => Events.Write(type, this, static (json, item) =>
    {
        item.WritePart(json);
        json.WritePropertyName("part");
        item._parts[^1].Write(json);
    });

    private void WritePart(Utf8JsonWriter json)
    {
        WritePlace(json);
        json.WriteNumber("content_index", _parts.Count - 1);
    }
}
