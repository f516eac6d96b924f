namespace Tidegate.Platform.ConfigStore.Revisions;

/// <summary>A row of <c>config_revisions</c>.</summary>
internal sealed class RevisionRow
{
    public required long Number { get; init; }

    public required long Parent { get; init; }

    public required string Author { get; init; }

    public required string Message { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required string Hash { get; init; }

    public required string Summary { get; init; }

    /// <summary>The canonical document, Brotli.</summary>
    public required byte[] Document { get; init; }

    public Revision ToRevision() => new(Number, Parent, Author, Message, Time, Hash, Summary);
}
