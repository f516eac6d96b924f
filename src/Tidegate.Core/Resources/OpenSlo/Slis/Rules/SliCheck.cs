using Tidegate.Core.Resources.OpenSlo.Indicators;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.OpenSlo.Slis.Rules;

/// <summary>An indicator is a value or a ratio, and whole. For indicators of their own and those written in an SLO.</summary>
internal static class SliCheck
{
    public static void Check(SliConfig spec, string path, ResourceScope scope)
    {
        if (spec.ThresholdMetric is null == spec.RatioMetric is null)
        {
            scope.Error("exactly_one", path, spec.RatioMetric is null
                ? "The indicator measures nothing: give ratioMetric or thresholdMetric."
                : "The indicator measures two things: give ratioMetric or thresholdMetric, not both.");
        }

        if (spec.ThresholdMetric is { } value) Number(value, $"{path}.thresholdMetric", scope);
        if (spec.RatioMetric is { } ratio) Ratio(ratio, $"{path}.ratioMetric", scope);
    }

    private static void Ratio(RatioMetricConfig ratio, string path, ResourceScope scope)
    {
        if (ratio.Raw is { } raw)
        {
            if (ratio.Good is not null || ratio.Bad is not null || ratio.Total is not null)
                scope.Error("contradiction", $"{path}.raw", "A ratio is computed already (raw) or to be computed (good or bad, and total): remove one of both.");
            if (ratio.RawType is null) scope.Error("missing_key", path, "The key \"rawType\" is missing: say whether raw is the share of success or of failure.");
            Raw(raw, ratio.RawType, path, scope);
            return;
        }

        if (ratio.RawType is not null) scope.Error("unused_key", $"{path}.rawType", "rawType says something only beside raw: remove it, good and bad say it themselves.");
        if (ratio.Good is null == ratio.Bad is null)
            scope.Error("exactly_one", path, ratio.Good is null ? "The ratio has no numerator: give good or bad, or raw." : "The ratio has two numerators: give good or bad, not both.");
        if (ratio.Total is null) scope.Error("missing_key", path, "The key \"total\" is missing: good and bad are a share of it.");
        if (ratio.Good is { } good) Number(good, $"{path}.good", scope);
        if (ratio.Bad is { } bad) Number(bad, $"{path}.bad", scope);
        if (ratio.Total is { } total) Number(total, $"{path}.total", scope);
        var types = new[] { ratio.Good, ratio.Bad, ratio.Total }.OfType<MetricConfig>().Select(m => MetricSources.TypeOf(m.MetricSource, scope.Document)?.Word).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (types.Count > 1) scope.Error("contradiction", path, $"The parts of a ratio come from one kind of source, not from {string.Join(" and ", types)}.");
    }

    /// <summary>Sources that give numbers stand under good, bad, total and thresholdMetric; those that tell good from bad by themselves do not.</summary>
    private static void Number(MetricConfig metric, string path, ResourceScope scope)
    {
        if (MetricSources.TypeOf(metric.MetricSource, scope.Document) is { IsRatio: true } type)
            scope.Error("wrong_form", $"{path}.metricSource", $"A source of type {type.Word} tells good from bad by itself. Write ratioMetric: {{counter: true, rawType: success, raw: {{metricSource: {{type: {type.Word}, spec: {{...}}}}}}}}, and its threshold in the spec.");
    }

    private static void Raw(MetricConfig raw, RawRatioType? rawType, string path, ResourceScope scope)
    {
        if (MetricSources.TypeOf(raw.MetricSource, scope.Document) is not { } type) return;
        if (type.IsRatio && rawType == RawRatioType.Failure)
            scope.Error("wrong_form", $"{path}.rawType", $"A source of type {type.Word} gives the share of success: write rawType: success.");
        if (MetricSources.Bind(raw.MetricSource, scope.Document)?.Spec is OtlpIndicatorConfig { Threshold: null })
            scope.Error("missing_key", $"{path}.raw.metricSource.spec", "The key \"threshold\" is missing: a metric pushed over OTLP is a ratio only as a histogram with a threshold. Use good and total for counters.");
    }
}
