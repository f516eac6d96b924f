using System.Text.RegularExpressions;
using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.InboundAlerts.Doors;

/// <summary>
/// Times as programs that page write them: PagerDuty's own example has an offset without a colon, and scripts send what their language prints. A page is worth more than the offset of its
/// time, so what has none is in UTC, wherever this machine stands.
/// </summary>
internal static partial class PagerDutyTime
{
    /// <summary>Reads a time; false when it is not one.</summary>
    public static bool TryParse(string text, out DateTimeOffset time)
    {
        time = default;
        if (Times().Match(text) is not { Success: true } match) return false;
        string Or(string part, string otherwise) => match.Groups[part] is { Success: true, Value: var found } ? found : otherwise;
        var offset = match.Groups["hours"].Success ? $"{Or("hours", "")}:{Or("minutes", "00")}" : "Z";
        return InstantText.TryParse($"{Or("day", "")}T{Or("minute", "00:00")}{Or("second", ":00")}{offset}", out time);
    }

    [GeneratedRegex(@"^(?<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(T(?<minute>[0-9]{2}:[0-9]{2})(?<second>:[0-9]{2}(\.[0-9]{1,30})?)?(Z|(?<hours>[+-][0-9]{2})(:?(?<minutes>[0-9]{2}))?)?)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Times();
}
