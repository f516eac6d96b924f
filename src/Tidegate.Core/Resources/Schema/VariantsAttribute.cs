namespace Tidegate.Core.Resources.Schema;

/// <summary>A block whose key <c>type</c> says which of several records it is.</summary>
/// <param name="variants">The records; each has a <see cref="VariantAttribute"/>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class VariantsAttribute(params Type[] variants) : Attribute
{
    /// <summary>The records.</summary>
    public IReadOnlyList<Type> Variants { get; } = variants;
}
