using System.Globalization;
using System.Text.RegularExpressions;
using Tidegate.EndToEnd.Support.Tools;

namespace Tidegate.EndToEnd.Support;

/// <summary>Reads the text format of <c>/metrics</c>, as far as counts need it.</summary>
internal static partial class Metrics
{
    /// <summary><c>tidegate_calls_total</c> of one route, by status code.</summary>
    public static StatusCounts Calls(string text, string route)
    {
        var counts = new StatusCounts();
        foreach (Match sample in CallsSample().Matches(text))
        {
            var labels = Label().Matches(sample.Groups[1].Value).ToDictionary(label => label.Groups[1].Value, label => label.Groups[2].Value);
            if (labels.GetValueOrDefault("route", "") == route) counts.Add(int.Parse(labels["code"], CultureInfo.InvariantCulture), (long)double.Parse(sample.Groups[2].ValueSpan, CultureInfo.InvariantCulture));
        }

        return counts;
    }

    /// <summary>Sum of all series of a metric.</summary>
    public static double Sum(string text, string name) =>
        text.Split('\n').Where(line => line.StartsWith(name, StringComparison.Ordinal) && line[name.Length] is '{' or ' ').Sum(line => double.Parse(line.Split("} ")[^1].Split(' ')[line.Contains('}') ? 0 : 1], CultureInfo.InvariantCulture));

    [GeneratedRegex(@"^tidegate_calls_total\{([^}]*)\} (\S+)", RegexOptions.Multiline)]
    private static partial Regex CallsSample();

    [GeneratedRegex(@"(\w+)=""([^""]*)""")]
    private static partial Regex Label();
}
