namespace Tidegate.Insight.PostMortems.Entries;

/// <summary>A row of <c>postmortems</c>.</summary>
internal sealed class PostMortemRow
{
    /// <summary>Id of the incident, which has one.</summary>
    public required string Incident { get; init; }

    /// <summary>That of the incident, which does not change.</summary>
    public required string Title { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? RequiredAt { get; set; }

    public string RequiredBy { get; set; } = "";

    public string Reason { get; set; } = "";

    public string Text { get; set; } = "";

    public DateTimeOffset? WrittenAt { get; set; }

    public string WrittenBy { get; set; } = "";

    public PostMortem ToPostMortem(IEnumerable<ActionRow> actions) => new()
    {
        Incident = Incident,
        Title = Title,
        RequiredAt = RequiredAt,
        RequiredBy = RequiredBy,
        Reason = Reason,
        Text = Text,
        WrittenAt = WrittenAt,
        WrittenBy = WrittenBy,
        Actions = [.. actions.Where(a => a.Incident == Incident).OrderBy(a => a.Number).Select(a => a.ToItem())],
    };
}
