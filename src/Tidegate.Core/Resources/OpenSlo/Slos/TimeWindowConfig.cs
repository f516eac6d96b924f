namespace Tidegate.Core.Resources.OpenSlo.Slos;

/// <summary>The time over which an objective holds: rolling, or aligned to the calendar.</summary>
public sealed record TimeWindowConfig
{
    /// <summary>Its length, such as <c>30d</c>, <c>4w</c> or <c>1M</c>.</summary>
    public required DurationShorthand Duration { get; init; }

    /// <summary>True: the window always ends now. False: it is aligned to <see cref="Calendar"/>. Default: true without a calendar, false with one.</summary>
    public bool? IsRolling { get; init; }

    /// <summary>Where windows begin that are aligned to the calendar; null (default) for rolling ones.</summary>
    public CalendarConfig? Calendar { get; init; }
}
