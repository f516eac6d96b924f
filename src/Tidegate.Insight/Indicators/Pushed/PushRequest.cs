namespace Tidegate.Insight.Indicators.Pushed;

/// <summary>Counts that are pushed together: all are taken or none.</summary>
/// <param name="Events">The counts, 1 to 1,000.</param>
internal sealed record PushRequest(IReadOnlyList<PushedCount> Events);

/// <summary>Good and bad events of one name.</summary>
/// <param name="Name">Name they are counted under: <c>name</c> of a metric source of type <c>events</c>.</param>
/// <param name="Good">How many were good. Default 0.</param>
/// <param name="Bad">How many were bad. Default 0.</param>
/// <param name="At">When they happened; up to six days ago. Default: now.</param>
internal sealed record PushedCount(string Name, long Good = 0, long Bad = 0, DateTimeOffset? At = null);

/// <summary>What became of a push.</summary>
/// <param name="Events">Good and bad events in it, together.</param>
/// <param name="Again">True when it was counted before, and was not counted again.</param>
internal sealed record PushAnswer(long Events, bool Again);
