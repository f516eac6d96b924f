namespace Tidegate.Core.Resources.OpenSlo.AlertConditions;

/// <summary>A burn rate over a window.</summary>
public sealed record BurnConditionConfig
{
    /// <summary>Kind of condition; OpenSLO has one: <c>burnrate</c> (default).</summary>
    public BurnConditionKind Kind { get; init; } = BurnConditionKind.BurnRate;

    /// <summary>How the burn rate is compared with <see cref="Threshold"/>. Default <c>gte</c>.</summary>
    public ComparisonOperator? Op { get; init; }

    /// <summary>Burn rate at which it alerts: 1 uses the budget up in exactly its window.</summary>
    public required decimal Threshold { get; init; }

    /// <summary>Window the burn rate is taken over.</summary>
    public required DurationShorthand LookbackWindow { get; init; }

    /// <summary>How long it must hold first. Default <c>0m</c>: a burn rate over a window needs no further wait.</summary>
    public DurationShorthand AlertAfter { get; init; } = new(0, 'm');
}
