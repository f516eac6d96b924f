using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Objectives;

/// <summary>A time: from one instant until another, or again and again (<see cref="Cron"/> and <see cref="Duration"/>).</summary>
public sealed record PeriodConfig
{
    /// <summary>Beginning of a single time.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Its end, exclusive.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>When it begins, again and again: a cron expression of five fields, such as <c>0 22 * * FRI</c>, on the clock of <see cref="Zone"/>.</summary>
    public string? Cron { get; init; }

    /// <summary>How long it lasts then.</summary>
    [DurationRange("1m", "31d")]
    public TimeSpan? Duration { get; init; }

    /// <summary>IANA time zone of <see cref="Cron"/>. Default <c>UTC</c>.</summary>
    public string Zone { get; init; } = "UTC";
}
