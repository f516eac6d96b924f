namespace Tidegate.Core.Resources.Diff;

/// <summary>A key whose value differs. Values are compact JSON, defaults resolved, plain secrets masked.</summary>
/// <param name="Path">Key path: <c>spec.resilience.retry.maxAttempts</c>.</param>
/// <param name="Old">Value before; null when there was no such element.</param>
/// <param name="New">Value after; null when there is no such element.</param>
public sealed record KeyChange(string Path, string? Old, string? New);
