namespace Tidegate.Core.Resources.Schema;

/// <summary>The value may be a secret reference (<c>${env:NAME}</c>, <c>${file:path}</c>, <c>${secret:name}</c>); a plain value is a warning.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute;
