using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Objectives.NotificationTargets;

/// <summary>How alerts are put together into one message.</summary>
public sealed record NotificationGroupConfig
{
    /// <summary>Labels that alerts of one message share, besides their severity: a page never waits behind a ticket. Default: <c>service</c>.</summary>
    public IReadOnlyList<string> By { get; init; } = ["service"];

    /// <summary>How long the first alert of a group waits for others. Default 0: a page waits for nothing.</summary>
    [DurationRange("0s", "1h")]
    public TimeSpan Wait { get; init; }

    /// <summary>Shortest time between messages about one group. Default 5 m.</summary>
    [DurationRange("0s", "1d")]
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>After which an alert that is still on is sent again. Default 4 h; 0: never.</summary>
    [DurationRange("0s", "30d")]
    public TimeSpan Repeat { get; init; } = TimeSpan.FromHours(4);
}
