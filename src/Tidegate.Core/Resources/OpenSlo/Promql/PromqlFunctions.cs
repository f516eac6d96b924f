using System.Collections.Frozen;

namespace Tidegate.Core.Resources.OpenSlo.Promql;

/// <summary>The functions of Prometheus, up to 3.x, and what they take: <c>v</c> a vector, <c>r</c> a range, <c>s</c> a scalar, <c>t</c> a text; <c>?</c> may be left out, <c>*</c> may be repeated.</summary>
internal static class PromqlFunctions
{
    private const string OfVectors = "abs absent acos acosh asin asinh atan atanh ceil cos cosh deg exp floor histogram_avg histogram_count histogram_stddev histogram_stdvar histogram_sum ln log10 log2 rad scalar sgn sin sinh sort sort_desc sqrt tan tanh timestamp";

    private const string OfRanges = "absent_over_time avg_over_time changes count_over_time delta deriv first_over_time idelta increase irate last_over_time mad_over_time max_over_time min_over_time present_over_time rate resets stddev_over_time stdvar_over_time sum_over_time ts_of_first_over_time ts_of_last_over_time ts_of_max_over_time ts_of_min_over_time";

    private const string OfDates = "day_of_month day_of_week day_of_year days_in_month hour minute month year";

    /// <summary>What each takes.</summary>
    public static FrozenDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["clamp"] = "vss", ["clamp_max"] = "vs", ["clamp_min"] = "vs", ["round"] = "vs?", ["vector"] = "s", ["time"] = "", ["pi"] = "", ["start"] = "", ["end"] = "", ["range"] = "", ["step"] = "",
        ["histogram_fraction"] = "ssv", ["histogram_quantile"] = "sv", ["histogram_quantiles"] = "vts*", ["info"] = "vv?",
        ["predict_linear"] = "rs", ["quantile_over_time"] = "sr", ["holt_winters"] = "rss", ["double_exponential_smoothing"] = "rss",
        ["label_join"] = "vttt*", ["label_replace"] = "vtttt", ["sort_by_label"] = "vt*", ["sort_by_label_desc"] = "vt*",
    }
    .Concat(OfVectors.Split(' ').Select(f => KeyValuePair.Create(f, "v")))
    .Concat(OfRanges.Split(' ').Select(f => KeyValuePair.Create(f, "r")))
    .Concat(OfDates.Split(' ').Select(f => KeyValuePair.Create(f, "v?")))
    .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Those that aggregate, and what they take before the vector; null for nothing.</summary>
    public static FrozenDictionary<string, PromqlType?> Aggregators { get; } = new Dictionary<string, PromqlType?>(StringComparer.OrdinalIgnoreCase)
    {
        ["sum"] = null, ["min"] = null, ["max"] = null, ["avg"] = null, ["group"] = null, ["stddev"] = null, ["stdvar"] = null, ["count"] = null,
        ["topk"] = PromqlType.Scalar, ["bottomk"] = PromqlType.Scalar, ["quantile"] = PromqlType.Scalar, ["limitk"] = PromqlType.Scalar, ["limit_ratio"] = PromqlType.Scalar, ["count_values"] = PromqlType.Text,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>What a function gives.</summary>
    public static PromqlType Result(string name) => name is "scalar" or "time" or "pi" or "start" or "end" or "range" or "step" ? PromqlType.Scalar : PromqlType.Vector;

    /// <summary>True when a function may stand over these.</summary>
    public static bool Takes(string signature, IReadOnlyList<PromqlType> given)
    {
        var at = 0;
        for (var i = 0; i < signature.Length; i++)
        {
            var (wanted, more) = (signature[i], i + 1 < signature.Length ? signature[i + 1] : ' ');
            if (more is '?' or '*') i++;
            if (more is '*')
            {
                while (at < given.Count && Letter(given[at]) == wanted) at++;
                continue;
            }

            if (at < given.Count && Letter(given[at]) == wanted) at++;
            else if (more is not '?' || at < given.Count) return false;
        }

        return at == given.Count;
    }

    /// <summary>The same in words.</summary>
    public static string Words(string signature) => signature.Length == 0
        ? "nothing"
        : string.Join(", ", signature.Where(c => c is not ('?' or '*')).Select(c => c switch { 'v' => "a vector", 'r' => "a range such as x[5m]", 's' => "a number", _ => "a text" }));

    private static char Letter(PromqlType type) => type switch { PromqlType.Vector => 'v', PromqlType.Range => 'r', PromqlType.Scalar => 's', _ => 't' };
}
