namespace Tidegate.Core.Resources.OpenSlo.Slos;

/// <summary>Where a window that is aligned to the calendar begins.</summary>
public sealed record CalendarConfig
{
    /// <summary>Beginning of one of the windows, on the clock of <see cref="TimeZone"/>: <c>2026-01-01 00:00:00</c>.</summary>
    public required DateTime StartTime { get; init; }

    /// <summary>IANA time zone, such as <c>America/New_York</c>.</summary>
    public required string TimeZone { get; init; }
}
