using Tidegate.Core.Resources.Rules;
using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Core.Resources.OpenSlo.Indicators;

/// <summary>A kind of metric source: its word, the record its <c>spec</c> is, and what must hold. A new one is a file with one of these, and a line in <see cref="MetricSourceTypes"/>.</summary>
internal abstract class MetricSourceType
{
    /// <summary>Its word.</summary>
    public abstract string Word { get; }

    /// <summary>What <c>spec</c> is.</summary>
    public abstract RecordShape Spec { get; }

    /// <summary>What <c>connectionDetails</c> of a DataSource is; null when it needs none.</summary>
    public virtual RecordShape? Connection => null;

    /// <summary>True when it tells good from bad by itself, and so stands under <c>raw</c>; false when it gives numbers.</summary>
    public virtual bool IsRatio => true;

    /// <summary>Reports what does not hold. The path is that of <c>spec</c>.</summary>
    public abstract void Check(object spec, KeyPath path, ResourceScope scope);

    /// <summary>Reports what does not hold of the connection of a DataSource. The path is that of <c>connectionDetails</c>.</summary>
    public virtual void CheckConnection(object connection, KeyPath path, ResourceScope scope)
    {
    }
}
