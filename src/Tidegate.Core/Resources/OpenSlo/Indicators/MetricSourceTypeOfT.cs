using Tidegate.Core.Resources.Rules;
using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Core.Resources.OpenSlo.Indicators;

/// <summary>A kind of metric source with its typed <c>spec</c>.</summary>
internal abstract class MetricSourceType<TSpec> : MetricSourceType
    where TSpec : class
{
    public override RecordShape Spec => ShapeCatalogue.OfRecord(typeof(TSpec));

    public override void Check(object spec, KeyPath path, ResourceScope scope) => Check((TSpec)spec, path, scope);

    protected abstract void Check(TSpec spec, KeyPath path, ResourceScope scope);
}
