namespace Tidegate.Operations.Delivery;

/// <summary>Why somebody steps in, and how far.</summary>
public sealed record RolloutOrder
{
    /// <summary>Why. Default empty.</summary>
    public string Reason { get; init; } = "";

    /// <summary>For a promotion: true for all calls at once, false (default) for the next step.</summary>
    public bool Full { get; init; }
}
