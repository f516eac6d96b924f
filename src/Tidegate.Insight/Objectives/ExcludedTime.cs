namespace Tidegate.Insight.Objectives;

/// <summary>An exclusion, and what it left out of an objective in a time. What it left out of several is not to be added up: they may count the same events, or different units.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind"><c>maintenance</c>, <c>business_hours</c>, <c>load_test</c>, <c>chaos</c> or <c>other</c>.</param>
/// <param name="Reason">Why, as its author wrote.</param>
/// <param name="Author">Who decided it.</param>
/// <param name="Minutes">Minutes of the time that it covers.</param>
/// <param name="Objective">Id of the objective.</param>
/// <param name="Bad">What was bad of what it left out.</param>
/// <param name="Total">All that it left out.</param>
/// <param name="Unit"><c>events</c> or <c>slices</c>, as the objective counts.</param>
public sealed record ExcludedTime(string Name, string Kind, string Reason, string Author, double Minutes, string Objective, double Bad, double Total, string Unit);
