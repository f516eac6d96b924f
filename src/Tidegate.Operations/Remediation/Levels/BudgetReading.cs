namespace Tidegate.Operations.Remediation.Levels;

/// <summary>What is known of an objective's budget.</summary>
/// <param name="Objective">Id of the objective.</param>
/// <param name="Service">Service it is promised for.</param>
/// <param name="BudgetLeft">Percent of the budget that are left; null when nothing is known.</param>
/// <param name="Burn">Burn rate by window.</param>
/// <param name="Incidents">Incidents that used some of it, most first; null when nothing is known.</param>
internal sealed record BudgetReading(string Objective, string Service, double? BudgetLeft, IReadOnlyDictionary<string, double?> Burn, IReadOnlyList<IncidentShare>? Incidents)
{
    /// <summary>The incident that used most; null when there was none, or nothing is known.</summary>
    public IncidentShare? Worst => Incidents is [var first, ..] ? first : null;
}
