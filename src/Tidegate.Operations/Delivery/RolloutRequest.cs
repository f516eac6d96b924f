namespace Tidegate.Operations.Delivery;

/// <summary>A rollout that somebody begins.</summary>
public sealed record RolloutRequest
{
    /// <summary>Name of the route; it has a <c>rollout</c>.</summary>
    public required string Route { get; init; }

    /// <summary>Id of the change in another system. Default empty.</summary>
    public string Change { get; init; } = "";

    /// <summary>How urgent it is, for the gate. Default <c>normal</c>.</summary>
    public ReleasePriority Priority { get; init; }

    /// <summary>Why it begins whatever the gate says; needs the permission <c>delivery.override</c>. Null (default): the gate decides.</summary>
    public string? Override { get; init; }
}
