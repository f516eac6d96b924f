namespace Tidegate.Insight.Indicators.Pushed;

/// <summary>A row of <c>indicators_pushes</c>: a push that was counted, so that it is not counted again.</summary>
internal sealed class PushRow
{
    /// <summary>Hash of who pushed and their idempotency key.</summary>
    public required string Id { get; init; }

    /// <summary>Hash of what was pushed: the same key with something else is a mistake.</summary>
    public required string Content { get; init; }

    public required DateTimeOffset At { get; init; }
}
