namespace Tidegate.Insight.PostMortems.Entries;

/// <summary>A row of <c>postmortems_actions</c>.</summary>
internal sealed class ActionRow
{
    public required string Incident { get; init; }

    /// <summary>Order within the post-mortem, from 1.</summary>
    public required int Number { get; init; }

    public required string Title { get; init; }

    public required ActionPriority Priority { get; init; }

    public required string Owner { get; init; }

    public DateOnly? Due { get; init; }

    public required DateTimeOffset AddedAt { get; init; }

    public required string AddedBy { get; init; }

    public ActionItem ToItem() => new(Number, Title, Priority, Owner, Due, AddedAt, AddedBy);
}
