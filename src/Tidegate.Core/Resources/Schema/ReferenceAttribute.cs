namespace Tidegate.Core.Resources.Schema;

/// <summary>The value is the name of another resource, which must exist.</summary>
/// <param name="kinds">Kinds it may be of, by their words in ids.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ReferenceAttribute(params string[] kinds) : Attribute
{
    /// <summary>Kinds the resource named may be of.</summary>
    public IReadOnlyList<string> Kinds { get; } = kinds;

    /// <summary>True where a rule of the kind looks whether it exists, because more than these kinds will do, or there is more to say.</summary>
    public bool ByRule { get; init; }
}
