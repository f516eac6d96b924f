namespace Tidegate.Insight.PostMortems;

/// <summary>How soon an action item has to be done.</summary>
public enum ActionPriority
{
    /// <summary>Before anything else: without it, the same may happen again at any time.</summary>
    P0,

    /// <summary>Next.</summary>
    P1,

    /// <summary>When there is time; the default.</summary>
    P2,

    /// <summary>Would be nice.</summary>
    P3,
}
