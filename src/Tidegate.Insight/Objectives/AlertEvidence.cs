namespace Tidegate.Insight.Objectives;

/// <summary>What explains an alert: who is hurt, where the errors are, and what changed just before.</summary>
public sealed record AlertEvidence
{
    /// <summary>Values that explain most of the burn, first the one that explains most.</summary>
    public IReadOnlyList<AlertContributor> Contributors { get; init; } = [];

    /// <summary>What changed shortly before users were hurt, newest first.</summary>
    public IReadOnlyList<AlertChange> Changes { get; init; } = [];

    /// <summary>What could not be found out, and why; empty when all could.</summary>
    public IReadOnlyList<string> Gaps { get; init; } = [];
}
