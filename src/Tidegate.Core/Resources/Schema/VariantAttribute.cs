namespace Tidegate.Core.Resources.Schema;

/// <summary>The word of a record among its <see cref="VariantsAttribute"/>.</summary>
/// <param name="word">What <c>type</c> is for it.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class VariantAttribute(string word) : Attribute
{
    /// <summary>What <c>type</c> is for it.</summary>
    public string Word { get; } = word;
}
