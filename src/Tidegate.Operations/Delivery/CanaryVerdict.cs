namespace Tidegate.Operations.Delivery;

/// <summary>Whether a canary is as good as what it replaces.</summary>
public enum CanaryVerdict
{
    /// <summary>Not known yet: too few calls, or a difference that may be chance.</summary>
    Inconclusive,

    /// <summary>Enough calls, no evidence that it is worse, and what was seen differs by no more than is tolerated.</summary>
    Pass,

    /// <summary>It is worse, by more than is tolerated and more than chance explains.</summary>
    Fail,
}
