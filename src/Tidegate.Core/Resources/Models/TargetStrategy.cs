namespace Tidegate.Core.Resources.Models;

/// <summary>Which target of an alias is tried first; the others follow when it fails.</summary>
public enum TargetStrategy
{
    /// <summary>In the order written.</summary>
    Order,

    /// <summary>At random, by weight.</summary>
    Weighted,

    /// <summary>The one whose first token came soonest lately.</summary>
    Latency,

    /// <summary>The one with the fewest calls in flight for its weight.</summary>
    Load,

    /// <summary>The cheapest for the call at hand; targets without a known price last.</summary>
    Cost,
}
