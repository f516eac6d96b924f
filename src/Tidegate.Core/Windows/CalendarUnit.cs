namespace Tidegate.Core.Windows;

/// <summary>Units by which calendars count, in OpenSLO's letters.</summary>
public enum CalendarUnit
{
    /// <summary>Days (<c>d</c>), of 23 or 25 hours where clocks change.</summary>
    Day,

    /// <summary>Weeks (<c>w</c>).</summary>
    Week,

    /// <summary>Months (<c>M</c>).</summary>
    Month,

    /// <summary>Quarters of a year (<c>Q</c>).</summary>
    Quarter,

    /// <summary>Years (<c>Y</c>).</summary>
    Year,
}
