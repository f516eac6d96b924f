namespace Tidegate.Operations.Remediation.Levels;

/// <summary>What is known of an objective's budget.</summary>
/// <param name="Objective">Id of the objective.</param>
/// <param name="Service">Service it is promised for.</param>
/// <param name="BudgetLeft">Percent of the budget that are left; null when nothing is known.</param>
/// <param name="Burn">Burn rate by window.</param>
/// <param name="Incident">Id of the incident that used most of it; empty when there was none.</param>
/// <param name="IncidentUsed">Percent of it that this incident used; null when nothing is known.</param>
internal sealed record BudgetReading(string Objective, string Service, double? BudgetLeft, IReadOnlyDictionary<string, double?> Burn, string Incident, double? IncidentUsed);
