namespace Tidegate.Core.Resources.Schema;

/// <summary>
/// The value, or a part of it, may be a secret reference (<c>${env:NAME}</c>, <c>${file:path}</c>, <c>${secret:name}</c>). A plain value is a
/// warning and is never shown, unless <see cref="PlainAllowed"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute
{
    /// <summary>True where most values are no secrets (headers): plain ones are shown, except under names of credentials.</summary>
    public bool PlainAllowed { get; init; }
}
