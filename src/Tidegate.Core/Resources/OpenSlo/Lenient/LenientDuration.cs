using System.Globalization;
using System.Text.RegularExpressions;

namespace Tidegate.Core.Resources.OpenSlo.Lenient;

/// <summary>Durations as people write them, as OpenSLO's shorthand.</summary>
internal static partial class LenientDuration
{
    /// <summary>The shorthand for <c>30 days</c>, <c>4W</c> or <c>1h30m</c>; null when the text is none, or is not whole minutes.</summary>
    public static DurationShorthand? Of(string text)
    {
        var parts = Part().Matches(text);
        if (parts.Count == 0 || parts.Sum(p => p.Length) != text.Length) return null;
        var read = parts.Select(p => (Count: int.Parse(p.Groups["count"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture), Unit: Unit(p.Groups["unit"].Value))).ToList();
        if (read.Count == 1) return read[0].Unit is { } unit and not 's' ? new DurationShorthand(read[0].Count, unit) : read[0].Unit == 's' ? InMinutes(read[0].Count) : null;
        if (read.Any(p => p.Unit is not ('h' or 'm' or 's' or 'd'))) return null;
        return InMinutes(read.Sum(p => (long)p.Count * p.Unit switch { 'd' => 86_400, 'h' => 3_600, 'm' => 60, _ => 1 }));
    }

    private static DurationShorthand? InMinutes(long seconds) => seconds % 60 == 0 && seconds / 60 <= 999_999 ? new DurationShorthand((int)(seconds / 60), 'm') : null;

    // One letter keeps its case: m and M are not the same.
    private static char? Unit(string word) => word.Length == 1 ? word[0] switch { 'm' or 'M' or 'Q' or 'Y' => word[0], 'D' or 'd' => 'd', 'H' or 'h' => 'h', 'W' or 'w' => 'w', 'S' or 's' => 's', 'y' => 'Y', 'q' => 'Q', _ => null } : word.ToLowerInvariant() switch
    {
        "sec" or "secs" or "second" or "seconds" => 's',
        "min" or "mins" or "minute" or "minutes" => 'm',
        "hr" or "hrs" or "hour" or "hours" => 'h',
        "day" or "days" => 'd',
        "week" or "weeks" => 'w',
        "month" or "months" or "mo" => 'M',
        "quarter" or "quarters" => 'Q',
        "year" or "years" => 'Y',
        _ => null,
    };

    [GeneratedRegex(@"\s*(?<count>[0-9]{1,6})\s*(?<unit>[A-Za-z]+)\s*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Part();
}
