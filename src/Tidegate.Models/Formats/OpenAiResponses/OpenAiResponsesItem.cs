using System.Text.Json;
using Tidegate.Models.Chat;

namespace Tidegate.Models.Formats.OpenAiResponses;

/// <summary>One item of the output while it grows: takes events, tells them as its own, and writes itself whole.</summary>
internal abstract class OpenAiResponsesItem(string id, int index, OpenAiResponsesEvents events)
{
    public string Id { get; } = id;

    protected int Index { get; } = index;

    protected OpenAiResponsesEvents Events { get; } = events;

    /// <summary>True when the event belongs to this item.</summary>
    public abstract bool Accepts(ChatEvent next);

    /// <summary>Takes an event.</summary>
    public abstract void Add(ChatEvent next);

    /// <summary>Tells that the item has begun.</summary>
    public void Begin() => Events.Write("response.output_item.added"u8, this, static (json, item) =>
    {
        json.WriteNumber("output_index", item.Index);
        json.WritePropertyName("item");
        item.Write(json, "in_progress");
    });

    /// <summary>Tells that the item is complete.</summary>
    public void End()
    {
        EndParts();
        Events.Write("response.output_item.done"u8, this, static (json, item) =>
        {
            json.WriteNumber("output_index", item.Index);
            json.WritePropertyName("item");
            item.Write(json, "completed");
        });
    }

    /// <summary>Writes the item with what it has so far.</summary>
    public abstract void Write(Utf8JsonWriter json, string status);

    /// <summary>Tells that what is inside is complete.</summary>
    protected abstract void EndParts();

    /// <summary>Fields by which an event names its place.</summary>
    protected void WritePlace(Utf8JsonWriter json)
    {
        json.WriteString("item_id", Id);
        json.WriteNumber("output_index", Index);
    }
}
