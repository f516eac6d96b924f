using System.Globalization;
using System.Text;
using Tidegate.Core.Resources.OpenSlo.Indicators;

namespace Tidegate.Insight.Indicators.Otlp;

/// <summary>Which points are meant: those of a metric whose attributes, or whose resource's, have certain values.</summary>
/// <param name="Part">What they are for the indicator.</param>
/// <param name="Metric">Name of the metric.</param>
/// <param name="Attributes">Values wanted, by name.</param>
internal sealed record OtlpSelector(OtlpPart Part, string Metric, IReadOnlyList<KeyValuePair<string, string>> Attributes)
{
    public static OtlpSelector Of(OtlpPart part, OtlpIndicatorConfig config) => new(part, config.Metric, [.. config.Attributes.OrderBy(a => a.Key, StringComparer.Ordinal)]);

    /// <summary>True when a point with these attributes is meant.</summary>
    public bool Matches(OtlpAttributes attributes)
    {
        foreach (var (name, value) in Attributes)
            if (attributes.Find(name) != value) return false;
        return true;
    }

    /// <summary>As people would write it: <c>http.requests{code=200}</c>.</summary>
    public override string ToString()
    {
        if (Attributes.Count == 0) return Metric;
        var text = new StringBuilder(Metric).Append('{');
        for (var i = 0; i < Attributes.Count; i++) text.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ",")}{Attributes[i].Key}={Attributes[i].Value}");
        return text.Append('}').ToString();
    }
}
