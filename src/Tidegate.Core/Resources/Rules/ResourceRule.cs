namespace Tidegate.Core.Resources.Rules;

/// <summary>One thing that must hold, or should, within one object. Stateless.</summary>
internal abstract class ResourceRule<TSpec>
    where TSpec : class
{
    /// <summary>Reports what does not hold.</summary>
    public abstract void Check(TSpec spec, ResourceScope scope);
}
