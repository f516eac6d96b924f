using System.Globalization;
using Tidegate.Core.Resources.Schema;
using Tidegate.Insight.Objectives;

namespace Tidegate.Verbs.Objectives;

/// <summary>Figures of objectives as people read them.</summary>
internal static class ObjectiveText
{
    /// <summary>A share in percent; with the digits that tell 99.9 from 99.95, and none that only look exact: of a budget overrun several times over.</summary>
    public static string Percent(double? share) => share switch
    {
        null => "unknown",
        > 1.5 or < -1.5 => string.Create(CultureInfo.InvariantCulture, $"{share * 100:#,0} %"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(share.Value * 100, 3):0.###} %"),
    };

    /// <summary>A burn rate.</summary>
    public static string Burn(double? burn) => burn is { } b ? b >= 10 ? string.Create(CultureInfo.InvariantCulture, $"{b:#,0.#}x") : string.Create(CultureInfo.InvariantCulture, $"{b:0.##}x") : "no data";

    /// <summary>Burn rates, the shortest window first, the period last.</summary>
    public static IEnumerable<KeyValuePair<string, double?>> InOrder(IReadOnlyDictionary<string, double?> burn) =>
        burn.OrderBy(b => Duration.TryParse(b.Key, out var window) ? window : TimeSpan.MaxValue);

    /// <summary>Time until the budget is used up.</summary>
    public static string Left(ObjectiveStatus status) => status switch
    {
        { BudgetLeft: <= 0 } => "used up",
        { ExhaustedInSeconds: { } seconds } when seconds < 366 * 86400.0 => TimeSpan.FromSeconds(seconds) is { TotalDays: >= 2 } days
            ? string.Create(CultureInfo.InvariantCulture, $"{days.TotalDays:0} d")
            : TimeSpan.FromSeconds(seconds).TotalHours >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{(int)(seconds / 3600)} h {(int)(seconds / 60) % 60} min")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)(seconds / 60)} min {(int)seconds % 60} s"),
        _ => "",
    };

    /// <summary>Colour of a state.</summary>
    public static string? Style(string state) => state switch { "burning" or "exhausted" => "red", "no_data" or "reading" or "not_judged" => "yellow", _ => "green" };

    /// <summary>A moment, in UTC.</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
