using System.Text.Json.Nodes;

namespace Tidegate.Platform.Events.Entries;

/// <summary>A row of <c>events</c>.</summary>
internal sealed class EventRow
{
    public required long Sequence { get; init; }

    public required string Id { get; init; }

    public required string Type { get; init; }

    public required string Subject { get; init; }

    public required DateTimeOffset Time { get; init; }

    /// <summary>JSON.</summary>
    public required string Data { get; init; }

    public Event ToEvent(string installation) => new()
    {
        Sequence = Sequence, Id = Id, Type = Type, Source = $"/tidegate/{installation}", Subject = Subject, Time = Time, Data = JsonNode.Parse(Data),
    };
}
