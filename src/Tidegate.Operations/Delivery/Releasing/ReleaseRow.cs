namespace Tidegate.Operations.Delivery.Releasing;

/// <summary>A row of <c>delivery_releases</c>.</summary>
internal sealed class ReleaseRow
{
    public required string Id { get; init; }

    public required string Service { get; init; }

    public required string Version { get; init; }

    public required string Change { get; init; }

    public required string Commit { get; init; }

    public string? Url { get; init; }

    public required string Message { get; set; }

    public required string Author { get; init; }

    public required ReleaseState State { get; set; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; set; }

    public Release ToRelease() => new()
    {
        Id = Id, Service = Service, Version = Version, Change = Change, Commit = Commit, Url = Url is null ? null : new Uri(Url), Message = Message, Author = Author, State = State,
        StartedAt = StartedAt, FinishedAt = FinishedAt,
    };
}
