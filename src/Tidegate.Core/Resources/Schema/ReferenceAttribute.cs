namespace Tidegate.Core.Resources.Schema;

/// <summary>The value is the name of another resource, which must exist.</summary>
/// <param name="kind">Kind of the resource named.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ReferenceAttribute(string kind) : Attribute
{
    /// <summary>Kind of the resource named.</summary>
    public string Kind { get; } = kind;
}
