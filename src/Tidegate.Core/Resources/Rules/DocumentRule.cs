namespace Tidegate.Core.Resources.Rules;

/// <summary>One thing that must hold, or should, between objects. Stateless.</summary>
internal abstract class DocumentRule
{
    /// <summary>Reports what does not hold.</summary>
    public abstract void Check(DocumentScope scope);
}
