namespace Tidegate.Core.Resources.Services;

/// <summary>What the release gate says when an objective has no data.</summary>
public enum GateNoData
{
    /// <summary>It allows, with a warning.</summary>
    Allow,

    /// <summary>It denies.</summary>
    Deny,
}
