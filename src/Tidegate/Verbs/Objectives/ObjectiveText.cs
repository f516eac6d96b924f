using System.Globalization;
using Tidegate.Insight.Objectives;

namespace Tidegate.Verbs.Objectives;

/// <summary>Figures of objectives as people read them.</summary>
internal static class ObjectiveText
{
    /// <summary>A share in percent; with the digits that tell 99.9 from 99.95.</summary>
    public static string Percent(double? share) => share is { } s ? string.Create(CultureInfo.InvariantCulture, $"{Math.Round(s * 100, 3):0.###} %") : "unknown";

    /// <summary>A burn rate.</summary>
    public static string Burn(double? burn) => burn is { } b ? string.Create(CultureInfo.InvariantCulture, $"{b:0.##}x") : "no data";

    /// <summary>Time until the budget is used up.</summary>
    public static string Left(ObjectiveStatus status) => status switch
    {
        { BudgetLeft: <= 0 } => "used up",
        { ExhaustedInSeconds: { } seconds } when seconds < 366 * 86400.0 => TimeSpan.FromSeconds(seconds) is { TotalDays: >= 2 } days
            ? string.Create(CultureInfo.InvariantCulture, $"{days.TotalDays:0} d")
            : TimeSpan.FromSeconds(seconds).ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture),
        _ => "",
    };

    /// <summary>Colour of a state.</summary>
    public static string? Style(string state) => state switch { "burning" or "exhausted" => "red", "no_data" or "reading" => "yellow", _ => "green" };

    /// <summary>A moment, in UTC.</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
