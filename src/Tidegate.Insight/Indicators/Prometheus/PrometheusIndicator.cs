using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Tidegate.Core.Resources.OpenSlo;
using Tidegate.Core.Resources.OpenSlo.Indicators;
using Tidegate.Core.Resources.OpenSlo.Slis;

namespace Tidegate.Insight.Indicators.Prometheus;

/// <summary>An indicator on Prometheus servers: what is asked, and what good is made of.</summary>
internal sealed record PrometheusIndicator
{
    // A window of five minutes has points enough for a percentile at any usual distance of scrapes; the rules that are exported take the same.
    private static readonly TimeSpan ShortestValueWindow = TimeSpan.FromMinutes(5);

    /// <summary>What good is made of.</summary>
    public required PrometheusKind Kind { get; init; }

    /// <summary>Good or bad events, the ratio, or the value.</summary>
    public required PrometheusQuery Part { get; init; }

    /// <summary>All events; null where the part is all there is.</summary>
    public PrometheusQuery? Total { get; init; }

    /// <summary>How good values compare with <see cref="Border"/>.</summary>
    public ComparisonOperator Op { get; init; }

    /// <summary>Where good ends.</summary>
    public double Border { get; init; }

    /// <summary>Distance of points: a part of a minute, or whole minutes.</summary>
    public required TimeSpan Step { get; init; }

    /// <summary>Minutes are said in stretches of this: the step, but at least a minute.</summary>
    public TimeSpan Stretch => Step < TimeSpan.FromMinutes(1) ? TimeSpan.FromMinutes(1) : Step;

    /// <summary>Name of its series: the same for the same question to the same DataSource. Queries are as long as people like, so it is a digest of them.</summary>
    public string Series => field ??= $"prometheus:{(Total ?? Part).Server.Name}:{Digest()}";

    /// <summary>What is good, for people.</summary>
    public string Text => Kind switch
    {
        PrometheusKind.GoodOfTotal => $"{Short(Part.Written)} of {Short(Total!.Written)}",
        PrometheusKind.BadOfTotal => $"all but {Short(Part.Written)} of {Short(Total!.Written)}",
        PrometheusKind.SuccessRatio => $"the share {Short(Part.Written)}",
        PrometheusKind.FailureRatio => $"all but the share {Short(Part.Written)}",
        _ => string.Create(CultureInfo.InvariantCulture, $"minutes with {Short(Part.Written)} {Op.Words()} {Border}"),
    };

    /// <summary>True when a value is good.</summary>
    public bool IsGood(double value) => Op.Holds(value, Border);

    /// <summary>The indicator of a question.</summary>
    /// <exception cref="FormatException">It cannot be asked.</exception>
    public static PrometheusIndicator Of(IndicatorQuestion question)
    {
        if (question.Sli.ThresholdMetric is { } value)
        {
            var (server, spec) = Bind(value, question);
            var border = question.Value ?? throw new FormatException("Its indicator is a value, but the objective has no value to compare it with: give op and value.");
            return new() { Kind = PrometheusKind.Threshold, Part = PrometheusQuery.Value(server, spec, ShortestValueWindow), Op = question.Op ?? ComparisonOperator.LessOrEqual, Border = (double)border, Step = spec.Step };
        }

        var ratio = question.Sli.RatioMetric ?? throw new FormatException("Its indicator measures nothing.");
        if (ratio.Raw is { } raw)
        {
            var (server, spec) = Bind(raw, question);
            return new() { Kind = ratio.RawType == RawRatioType.Failure ? PrometheusKind.FailureRatio : PrometheusKind.SuccessRatio, Part = PrometheusQuery.Value(server, spec, TimeSpan.Zero), Step = spec.Step };
        }

        var (part, total) = (Bind(ratio.Good ?? ratio.Bad ?? throw new FormatException("Its ratio has no numerator."), question), Bind(ratio.Total ?? throw new FormatException("Its ratio has no total."), question));
        if (part.Spec.Step != total.Spec.Step) throw new FormatException("The parts of its ratio have different steps: give both the same.");
        return new()
        {
            Kind = ratio.Good is not null ? PrometheusKind.GoodOfTotal : PrometheusKind.BadOfTotal,
            Part = PrometheusQuery.Events(part.Server, part.Spec, ratio.Counter),
            Total = PrometheusQuery.Events(total.Server, total.Spec, ratio.Counter),
            Step = total.Spec.Step,
        };
    }

    private static (PrometheusAddress Server, PrometheusIndicatorConfig Spec) Bind(MetricConfig metric, IndicatorQuestion question)
    {
        var bound = MetricSources.Bind(metric.MetricSource, question.Document);
        if (bound?.Spec is not PrometheusIndicatorConfig spec) throw new FormatException("The spec of its metric source is not legal.");
        if (spec.Url is { } url) return (new(url.OriginalString, new() { Url = url }), spec);
        if (bound.DataSource is not { } source) throw new FormatException("Nothing says which Prometheus is asked: give metricSourceRef (a DataSource), or url in the spec.");
        return (new(source.Metadata.Name, MetricSources.Connection(source.Spec) ?? throw new FormatException($"DataSource/{source.Metadata.Name} does not say how a Prometheus is reached.")), spec);
    }

    private string Digest()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{Kind}\n{Op}\n{Border:R}\n{Step.TotalSeconds}\n");
        foreach (var query in new[] { Part, Total }) text.Append(CultureInfo.InvariantCulture, $"{query?.Server.Name}\n{query?.Expression}\n{query?.Form}\n{query?.Factor}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 12));
    }

    private static string Short(string query) => query.Length <= 120 ? query : $"{query[..117]}...";
}
