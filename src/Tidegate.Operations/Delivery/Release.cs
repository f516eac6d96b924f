namespace Tidegate.Operations.Delivery;

/// <summary>A version of a service that was brought to its callers.</summary>
public sealed record Release
{
    /// <summary>Public id, <c>r_...</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The service.</summary>
    public required string Service { get; init; }

    /// <summary>What was released.</summary>
    public required string Version { get; init; }

    /// <summary>Id of the change in another system: a ticket, a pipeline; may be empty.</summary>
    public string Change { get; init; } = "";

    /// <summary>Commit that was built; may be empty.</summary>
    public string Commit { get; init; } = "";

    /// <summary>Where more is written about it; null when nowhere.</summary>
    public Uri? Url { get; init; }

    /// <summary>What it brings, or how it went; may be empty.</summary>
    public string Message { get; init; } = "";

    /// <summary>Who told of it; <c>traffic</c> where nobody did.</summary>
    public required string Author { get; init; }

    /// <summary>How far it is.</summary>
    public required ReleaseState State { get; init; }

    /// <summary>When it began, or was first seen (to 10 s).</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it was finished; null while it is under way.</summary>
    public DateTimeOffset? FinishedAt { get; init; }
}
