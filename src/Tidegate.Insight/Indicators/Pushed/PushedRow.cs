namespace Tidegate.Insight.Indicators.Pushed;

/// <summary>A row of <c>indicators_pushed</c>: what a push added to which minutes, for nodes that have read the past of its series before. Kept for an hour; where no other node can be, nothing is written.</summary>
internal sealed class PushedRow
{
    /// <summary>Grows with every push, in the order in which they are seen by others.</summary>
    public required long Sequence { get; init; }

    /// <summary>Which process it was pushed to.</summary>
    public required long Node { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>A list of <see cref="PushedMinute"/>, as JSON.</summary>
    public required string Minutes { get; init; }
}
