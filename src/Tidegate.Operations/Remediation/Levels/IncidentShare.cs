namespace Tidegate.Operations.Remediation.Levels;

/// <summary>What an incident used of a budget.</summary>
/// <param name="Id">Id of the incident.</param>
/// <param name="Used">Percent of the budget.</param>
internal sealed record IncidentShare(string Id, double Used);
