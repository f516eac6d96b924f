namespace Tidegate.Insight.Objectives;

/// <summary>What one value used of a budget.</summary>
/// <param name="Key">The value: a consumer, a provider, a version, an incident; empty for calls that have none.</param>
/// <param name="Text">What it is, in a few words; empty where the value says it.</param>
/// <param name="Bad">What it used, in the unit of the budget.</param>
/// <param name="Budget">The same as a share of the whole budget: 0.2 is a fifth. Null when nothing was seen in the period.</param>
/// <param name="Share">The same as a share of all that was used in the time. Null when nothing was.</param>
public sealed record AttributionPart(string Key, string Text, double Bad, double? Budget, double? Share);
