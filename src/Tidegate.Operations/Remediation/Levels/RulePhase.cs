namespace Tidegate.Operations.Remediation.Levels;

/// <summary>Where a rule is.</summary>
internal enum RulePhase
{
    /// <summary>It does nothing.</summary>
    Idle,

    /// <summary>It acts, or has acted.</summary>
    Active,

    /// <summary>What it did is being taken back.</summary>
    Leaving,
}
