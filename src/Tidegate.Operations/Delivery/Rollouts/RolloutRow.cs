namespace Tidegate.Operations.Delivery.Rollouts;

/// <summary>A row of <c>delivery_rollouts</c>.</summary>
internal sealed class RolloutRow
{
    public required string Id { get; init; }

    public required string Route { get; init; }

    public required RolloutState State { get; set; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>True while the split of the route is the rollout's: until the configuration says what is to be.</summary>
    public required bool Holds { get; set; }

    /// <summary>Grows with every change: who decided on an older one decides again.</summary>
    public required long Version { get; set; }

    /// <summary>All of it, as JSON.</summary>
    public required string Content { get; set; }

    /// <summary>What the judgement remembers between two looks, as JSON.</summary>
    public required string Evidence { get; set; }
}
