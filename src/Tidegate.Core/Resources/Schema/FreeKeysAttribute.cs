namespace Tidegate.Core.Resources.Schema;

/// <summary>Records that a <see cref="FreeBlock"/> may stand for: the schema shows their keys.</summary>
/// <param name="records">The records.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FreeKeysAttribute(params Type[] records) : Attribute
{
    /// <summary>The records.</summary>
    public IReadOnlyList<Type> Records { get; } = records;
}
