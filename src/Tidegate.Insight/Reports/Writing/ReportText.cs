using System.Globalization;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Insight.Reports.Writing;

/// <summary>Figures as people read them.</summary>
internal static class ReportText
{
    /// <summary>A share in percent, with the digits that tell 99.9 from 99.95.</summary>
    public static string Percent(double? share) => share is { } s ? string.Create(CultureInfo.InvariantCulture, $"{Math.Round(s * 100, 3):0.###} %") : "no data";

    /// <summary>A share of a budget.</summary>
    public static string Budget(double? share) => share is { } s ? string.Create(CultureInfo.InvariantCulture, $"{Math.Round(s * 100, 1):0.#} %") : "no data";

    /// <summary>A count.</summary>
    public static string Count(double count) => Math.Round(count, 2).ToString("#,0.##", CultureInfo.InvariantCulture);

    /// <summary>A count of events or slices: <c>1 slice</c>, <c>1,080 slices</c>.</summary>
    public static string Count(double count, string unit) => Count(count) is "1" ? $"1 {unit.TrimEnd('s')}" : $"{Count(count)} {unit}";

    /// <summary>A moment, in UTC.</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    /// <summary>A time in minutes or hours; below a second in milliseconds.</summary>
    public static string Seconds(double seconds) => seconds switch
    {
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1000:0.#} ms"),
        < 60 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.##} s"),
        _ => Duration.Format(TimeSpan.FromSeconds(Math.Round(seconds))),
    };

    /// <summary>Minutes of some of which nothing is known.</summary>
    public static string Known(long known, long all) => string.Create(CultureInfo.InvariantCulture, $"{Count(known)} of {Count(all)} ({100.0 * known / Math.Max(1, all):0.#} %)");

    /// <summary>How good a state is.</summary>
    public static string Tone(string state) => state switch { "met" => "good", "missed" or "broken" => "bad", "at_risk" => "warn", _ => "none" };

    /// <summary>A state in words.</summary>
    public static string State(string state) => state.Replace('_', ' ');
}
