namespace Tidegate.Operations.Delivery;

/// <summary>What the gate says, and everything it found.</summary>
public sealed record GateDecision
{
    /// <summary>The service.</summary>
    public required string Service { get; init; }

    /// <summary>Id of the change; may be empty.</summary>
    public required string Change { get; init; }

    /// <summary>How urgent it is.</summary>
    public required ReleasePriority Priority { get; init; }

    /// <summary>True when it may be released now.</summary>
    public required bool Allowed { get; init; }

    /// <summary>The decision in a sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who let it through although it was denied; null when nobody did.</summary>
    public string? OverriddenBy { get; init; }

    /// <summary>Why.</summary>
    public string? OverrideReason { get; init; }

    /// <summary>All that was found, what denies first.</summary>
    public required IReadOnlyList<GateReason> Reasons { get; init; }

    /// <summary>The service's objectives.</summary>
    public required IReadOnlyList<GateObjective> Objectives { get; init; }
}
