namespace Tidegate.Core.Resources.OpenSlo.Importing;

/// <summary>What became of an import.</summary>
/// <param name="Resources">The objects, services first; empty when at least one finding is an error.</param>
/// <param name="Findings">What was forgiven, changed or left out, at its place in the original.</param>
public sealed record ImportResult(IReadOnlyList<Resource> Resources, IReadOnlyList<Finding> Findings);
