using Tidegate.Core.Resources.Objectives.FreezeCalendars;

namespace Tidegate.Operations.Delivery.Freezing;

/// <summary>A row of <c>delivery_freezes</c>.</summary>
internal sealed class FreezeRow
{
    public required string Id { get; init; }

    public required string Service { get; init; }

    public required string Reason { get; init; }

    public required string Author { get; init; }

    public required string Evidence { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? Until { get; init; }

    /// <summary>Words, separated by commas.</summary>
    public required string Exceptions { get; init; }

    /// <summary>Word of whoever may ask twice; empty when nobody may.</summary>
    public required string Key { get; init; }

    /// <summary>When it was ended, by somebody or by its time.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    public string EndedBy { get; set; } = "";

    public Freeze ToFreeze() => new(
        Id, Service, Reason, Author, Evidence, StartedAt, Until,
        [.. Exceptions.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<FreezeException>)], EndedAt, EndedBy);
}
