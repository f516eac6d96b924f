using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Tidegate.Core.Resources.OpenSlo;
using Tidegate.Core.Resources.OpenSlo.Indicators;
using Tidegate.Core.Resources.OpenSlo.Slis;

namespace Tidegate.Insight.Indicators.Otlp;

/// <summary>An indicator on metrics that are pushed in: which points, and what good is.</summary>
/// <param name="Selectors">Which points: one, or the part and the total of a ratio.</param>
/// <param name="Op">How good values compare with <paramref name="Border"/>.</param>
/// <param name="Border">Where good ends, for a histogram and a value.</param>
internal sealed record OtlpIndicator(IReadOnlyList<OtlpSelector> Selectors, ComparisonOperator Op, double Border)
{
    /// <summary>Name of its series: the same for the same question.</summary>
    public string Series => field ??= $"otlp:{Selectors[^1].Metric}:{Digest()}";

    /// <summary>What is good, for people.</summary>
    public string Text => Selectors[0].Part switch
    {
        OtlpPart.Good => $"{Selectors[0]} of {Selectors[1]}",
        OtlpPart.Bad => $"all but {Selectors[0]} of {Selectors[1]}",
        OtlpPart.Histogram => string.Create(CultureInfo.InvariantCulture, $"{Selectors[0]} up to {Border}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Selectors[0]} {Op.Words()} {Border}"),
    };

    /// <summary>True when a value is good.</summary>
    public bool IsGood(double value) => Op.Holds(value, Border);

    /// <summary>The indicator of a question.</summary>
    /// <exception cref="FormatException">It cannot be answered.</exception>
    public static OtlpIndicator Of(IndicatorQuestion question)
    {
        OtlpIndicatorConfig Spec(MetricConfig metric) => MetricSources.Bind(metric.MetricSource, question.Document)?.Spec as OtlpIndicatorConfig ?? throw new FormatException("The spec of its metric source is not legal.");
        if (question.Sli.ThresholdMetric is { } value)
        {
            var border = question.Value ?? throw new FormatException("Its indicator is a value, but the objective has no value to compare it with: give op and value.");
            return new([OtlpSelector.Of(OtlpPart.Value, Spec(value))], question.Op ?? ComparisonOperator.LessOrEqual, (double)border);
        }

        var ratio = question.Sli.RatioMetric ?? throw new FormatException("Its indicator measures nothing.");
        if (ratio.Raw is { } raw)
        {
            var spec = Spec(raw);
            if (ratio.RawType != RawRatioType.Success || spec.Threshold is not { } threshold) throw new FormatException("A metric that is pushed over OTLP is a raw ratio as a histogram with a threshold, and with rawType: success.");
            return new([OtlpSelector.Of(OtlpPart.Histogram, spec)], ComparisonOperator.LessOrEqual, threshold);
        }

        var part = ratio.Good ?? ratio.Bad ?? throw new FormatException("Its ratio has no numerator.");
        return new(
            [OtlpSelector.Of(ratio.Good is not null ? OtlpPart.Good : OtlpPart.Bad, Spec(part)), OtlpSelector.Of(OtlpPart.Total, Spec(ratio.Total ?? throw new FormatException("Its ratio has no total.")))],
            ComparisonOperator.LessOrEqual,
            0);
    }

    private string Digest()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{Op}\n{Border:R}\n");
        foreach (var selector in Selectors) text.Append(CultureInfo.InvariantCulture, $"{selector.Part}\n{selector}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 12));
    }
}
