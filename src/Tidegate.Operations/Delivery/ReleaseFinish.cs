namespace Tidegate.Operations.Delivery;

/// <summary>How a release ended.</summary>
public sealed record ReleaseFinish
{
    /// <summary><c>succeeded</c>, <c>failed</c> or <c>rolled_back</c>.</summary>
    public required ReleaseState Result { get; init; }

    /// <summary>How it went. Default empty: the message it began with stays.</summary>
    public string Message { get; init; } = "";
}
