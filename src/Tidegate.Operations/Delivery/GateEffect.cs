namespace Tidegate.Operations.Delivery;

/// <summary>What a reason of the gate does.</summary>
public enum GateEffect
{
    /// <summary>It denies the release.</summary>
    Deny,

    /// <summary>It would deny another release, and lets this one through for its priority.</summary>
    Waived,

    /// <summary>Something to know.</summary>
    Warn,
}
