using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Core.Resources.Rules;

/// <summary>One thing that must hold, or should, for every property of every kind. Stateless.</summary>
internal abstract class PropertyRule
{
    /// <summary>Reports what does not hold.</summary>
    public abstract void Check(PropertyShape property, object value, KeyPath path, ResourceScope scope);
}
