namespace Tidegate.Operations.Remediation.Levels;

/// <summary>What a look at a rule brought.</summary>
internal enum RuleTurn
{
    /// <summary>It stays as it is.</summary>
    None,

    /// <summary>It acts from now on.</summary>
    Enter,

    /// <summary>What it did is taken back.</summary>
    Leave,
}
