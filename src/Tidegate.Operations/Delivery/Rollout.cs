namespace Tidegate.Operations.Delivery;

/// <summary>A branch of a route's split that gets its calls step by step, or did.</summary>
public sealed record Rollout
{
    /// <summary>Public id, <c>ro_...</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Name of the route.</summary>
    public required string Route { get; init; }

    /// <summary>Service of the canary.</summary>
    public required string Service { get; init; }

    /// <summary>Version of the canary.</summary>
    public required string Canary { get; init; }

    /// <summary>How far it is.</summary>
    public required RolloutState State { get; init; }

    /// <summary>Percentage of the calls that the canary gets.</summary>
    public required int Share { get; init; }

    /// <summary>Percentages of the steps.</summary>
    public required IReadOnlyList<int> Steps { get; init; }

    /// <summary>Which of them it is on, from 0.</summary>
    public required int Step { get; init; }

    /// <summary>Id of the change in another system; may be empty.</summary>
    public string Change { get; init; } = "";

    /// <summary>Id of its release.</summary>
    public required string Release { get; init; }

    /// <summary>Who began it.</summary>
    public required string Author { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When its step began.</summary>
    public required DateTimeOffset StepStartedAt { get; init; }

    /// <summary>When it ended; null while it is under way.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it is in its state, with the figures.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The canary beside its baseline, on this step, as last judged; null before the first look.</summary>
    public CanaryReport? Report { get; init; }

    /// <summary>What happened to it, oldest first.</summary>
    public IReadOnlyList<RolloutEntry> History { get; init; } = [];

    /// <summary>True while it is under way.</summary>
    public bool IsActive => State is RolloutState.Running or RolloutState.Paused;
}
