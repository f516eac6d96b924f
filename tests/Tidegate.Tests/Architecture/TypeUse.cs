namespace Tidegate.Tests.Architecture;

/// <summary>One type uses another. Nested types count as the type they stand in.</summary>
internal readonly record struct TypeUse(TypeName From, TypeName To);

/// <summary>A top-level type by name.</summary>
internal readonly record struct TypeName(string Namespace, string Name)
{
    /// <summary>It stands in this namespace or below it.</summary>
    public bool IsIn(string @namespace) => Namespace == @namespace || Namespace.StartsWith(@namespace + ".", StringComparison.Ordinal);

    public override string ToString() => Namespace.Length == 0 ? Name : $"{Namespace}.{Name}";
}
