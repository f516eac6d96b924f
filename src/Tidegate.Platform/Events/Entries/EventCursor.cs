namespace Tidegate.Platform.Events.Entries;

/// <summary>A row of <c>events_cursors</c>: how far a subscriber has come.</summary>
internal sealed class EventCursor
{
    public required string Subscriber { get; init; }

    public long Sequence { get; set; }
}
