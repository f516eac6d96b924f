using System.Text.Json;
using Tidegate.Models.Chat;

namespace Tidegate.Models.Formats.OpenAiResponses;

/// <summary>The output of a response while it grows: sorts events into items. One answer: this format knows no second choice.</summary>
internal sealed class OpenAiResponsesOutput(string callId, OpenAiResponsesEvents events)
{
    private readonly List<OpenAiResponsesItem> _items = [];
    private readonly List<OpenAiResponsesItem> _open = [];
    private bool _declined;

    /// <summary>Why it ended; null while it has not.</summary>
    public Finish? Finish { get; private set; }

    public void Add(ChatEvent next)
    {
        if (next.Choice != 0 || Finish is not null) return;
        if (next is Finished finished)
        {
            Close();
            // A refusal in words is an item; one without is as good as the provider's filter.
            Finish = finished.Finish.Reason == FinishReason.Refusal && !_declined ? new Finish(FinishReason.ContentFilter) : finished.Finish;
            return;
        }

        _declined |= next is RefusalDelta;
        if (_open.Find(i => i.Accepts(next)) is { } item)
        {
            item.Add(next);
            return;
        }

        var opened = Open(next);
        if (opened is null) return;
        // Calls stay open side by side, because their arguments may come in turns.
        if (next is not ToolCallStarted || _open is [not OpenAiResponsesCallItem, ..]) Close();
        _items.Add(opened);
        _open.Add(opened);
        opened.Begin();
        if (next is not ToolCallStarted) opened.Add(next);
    }

    /// <summary>Writes the field <c>output</c>.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray("output");
        foreach (var item in _items) item.Write(json, _open.Contains(item) ? "incomplete" : "completed");
        json.WriteEndArray();
    }

    private OpenAiResponsesItem? Open(ChatEvent next)
    {
        var index = _items.Count;
        return next switch
        {
            TextDelta or RefusalDelta or CitationAdded => new OpenAiResponsesMessageItem($"msg_{callId}_{index}", index, events),
            ReasoningDelta => new OpenAiResponsesReasoningItem($"rs_{callId}_{index}", index, events),
            ToolCallStarted call => new OpenAiResponsesCallItem($"fc_{callId}_{index}", index, events, call),
            _ => null,
        };
    }

    private void Close()
    {
        foreach (var item in _open) item.End();
        _open.Clear();
    }
}
