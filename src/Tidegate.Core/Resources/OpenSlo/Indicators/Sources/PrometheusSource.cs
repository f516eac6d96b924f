using Tidegate.Core.Resources.Rules;
using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Core.Resources.OpenSlo.Indicators.Sources;

/// <summary><c>prometheus</c>: queries to Prometheus servers.</summary>
internal sealed class PrometheusSource : MetricSourceType<PrometheusIndicatorConfig>
{
    public override string Word => "prometheus";

    public override bool IsRatio => false;

    public override RecordShape? Connection => ShapeCatalogue.OfRecord(typeof(PrometheusConnectionConfig));

    protected override void Check(PrometheusIndicatorConfig spec, KeyPath path, ResourceScope scope)
    {
        if (string.IsNullOrWhiteSpace(spec.Query)) scope.Error("bad_text", path + ".query", "The query is empty: give a PromQL expression.");
    }
}
