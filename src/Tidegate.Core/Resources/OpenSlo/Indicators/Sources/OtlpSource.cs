using Tidegate.Core.Resources.Rules;
using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Core.Resources.OpenSlo.Indicators.Sources;

/// <summary><c>otlp</c>: metrics that are pushed in.</summary>
internal sealed class OtlpSource : MetricSourceType<OtlpIndicatorConfig>
{
    public override string Word => "otlp";

    public override bool IsRatio => false;

    protected override void Check(OtlpIndicatorConfig spec, KeyPath path, ResourceScope scope)
    {
        if (!LabelWord.IsLegal(spec.Metric)) scope.Error("bad_name", path + ".metric", LabelWord.Problem(spec.Metric));
    }
}
