namespace Tidegate.Models.Guardrails.Json;

/// <summary>A place of the request that is of concern whatever stands there.</summary>
/// <param name="Steps">The way there.</param>
/// <param name="Rule">What is done.</param>
internal sealed record JsonPlace(string[] Steps, GuardRule Rule);
