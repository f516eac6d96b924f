namespace Tidegate.Operations.Delivery;

/// <summary>An objective as the gate saw it.</summary>
/// <param name="Id">Id of the objective.</param>
/// <param name="State"><c>ok</c>, <c>burning</c>, <c>exhausted</c>, <c>no_data</c> or <c>reading</c>.</param>
/// <param name="Target">Share that is promised.</param>
/// <param name="BudgetLeft">Share of the error budget that is left; null when nothing was seen.</param>
/// <param name="BudgetLeftMinutes">The same as minutes of total outage.</param>
/// <param name="Burn">Burn rate of the last hour; null when nothing was seen.</param>
public sealed record GateObjective(string Id, string State, double Target, double? BudgetLeft, double? BudgetLeftMinutes, double? Burn);
