namespace Tidegate.Platform.ConfigStore.Endpoints;

/// <summary>Body of a rollback.</summary>
internal sealed record RollbackBody
{
    /// <summary>Revision whose document is to be in force again; 0 is the empty one.</summary>
    public required long To { get; init; }

    /// <summary>Revision the caller looked at; also as <c>If-Match</c>.</summary>
    public long? Parent { get; init; }

    /// <summary>Why.</summary>
    public string Message { get; init; } = "";
}
