using Tidegate.Core.Resources.Rules;
using Tidegate.Core.Windows;

namespace Tidegate.Core.Resources.OpenSlo.Slos.Rules;

/// <summary>There is exactly one window, rolling or aligned to a calendar, and data for the whole of it.</summary>
internal static class TimeWindowCheck
{
    public static void Check(IReadOnlyList<TimeWindowConfig> windows, ResourceScope scope)
    {
        if (windows.Count != 1)
        {
            scope.Error("exactly_one", "spec.timeWindow", windows.Count == 0
                ? "There is no time window: give one, such as [{duration: 30d, isRolling: true}]."
                : $"There are {windows.Count} time windows: OpenSLO has exactly one. Write an SLO for each.");
            return;
        }

        const string path = "spec.timeWindow[0]";
        var window = windows[0];
        if (window.Duration.Count == 0) scope.Error("out_of_range", $"{path}.duration", "A window is longer than 0.");
        if (window.IsRolling == true && window.Calendar is not null)
            scope.Error("contradiction", $"{path}.calendar", "A rolling window has no calendar: remove the calendar, or set isRolling to false.");
        if (window.IsRolling == false && window.Calendar is null)
            scope.Error("missing_key", path, "The key \"calendar\" is missing: a window that does not roll needs startTime and timeZone, or set isRolling to true.");
        if (window.Calendar is { } calendar) ZoneCheck.Check(calendar.TimeZone, $"{path}.calendar.timeZone", scope);
        else if (window.Duration.IsOfCalendar)
            scope.Warning("rolling_month", $"{path}.duration", $"A rolling window of {window.Duration} is one of {window.Duration.Length.TotalDays:0} days, whatever the calendar says.");
        if (window.Duration.Length > SeriesRetention.Longest)
            scope.Warning("longer_than_retention", $"{path}.duration", $"The window is longer than data is kept ({SeriesRetention.Longest.TotalDays:0} days): what is older is missing from the budget.");
    }
}
