namespace Tidegate.Insight.Incidents.Entries;

/// <summary>A row of <c>incidents_notes</c>.</summary>
internal sealed class NoteRow
{
    public required long Incident { get; init; }

    /// <summary>Order within the incident, from 1.</summary>
    public required int Sequence { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Author { get; init; }

    public required string Text { get; init; }
}
