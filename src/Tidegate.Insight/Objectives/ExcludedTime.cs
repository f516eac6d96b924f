namespace Tidegate.Insight.Objectives;

/// <summary>An exclusion, and what it left out of a time.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind"><c>maintenance</c>, <c>business_hours</c>, <c>load_test</c>, <c>chaos</c> or <c>other</c>.</param>
/// <param name="Reason">Why, as its author wrote.</param>
/// <param name="Author">Who decided it.</param>
/// <param name="Minutes">Minutes of the time that it covers.</param>
/// <param name="Bad">Bad events it left out.</param>
/// <param name="Total">All events it left out.</param>
public sealed record ExcludedTime(string Name, string Kind, string Reason, string Author, double Minutes, double Bad, double Total);
