namespace Tidegate.Operations.Remediation;

/// <summary>How a rule of a policy stands.</summary>
public sealed record RuleStatus
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary><c>idle</c>, <c>active</c>, <c>leaving</c> (what it did is being taken back) or <c>cooling</c> (it does not act again yet).</summary>
    public required string State { get; init; }

    /// <summary>Since when it has been active; null while it is not.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Since when its exit criteria have held without a break; null while they do not.</summary>
    public DateTimeOffset? ClearSince { get; init; }

    /// <summary>Until when it does not act again; null when it may.</summary>
    public DateTimeOffset? CoolUntil { get; init; }

    /// <summary>What it looks at now: its condition for every objective, and while it is active its exit criteria.</summary>
    public IReadOnlyList<PolicyLevel> Levels { get; init; } = [];

    /// <summary>Why it became active, in words.</summary>
    public IReadOnlyList<string> Why { get; init; } = [];

    /// <summary>What it did; while it is idle, what it would do now.</summary>
    public IReadOnlyList<PolicyAction> Actions { get; init; } = [];

    /// <summary>How often in a row what it did to traffic expired without recovery. At 2 it changes traffic no more until it is reset.</summary>
    public int Ineffective { get; init; }
}
