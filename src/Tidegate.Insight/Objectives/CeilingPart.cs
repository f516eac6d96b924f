namespace Tidegate.Insight.Objectives;

/// <summary>A service that another one needs.</summary>
/// <param name="Service">Its name; of a model, its alias.</param>
/// <param name="Target">What it promises at best; null when nothing that could be computed with.</param>
/// <param name="Share">Share of the calls that need it: 1 where it is declared.</param>
/// <param name="From"><c>declared</c>, <c>trace</c> or <c>consumer</c>.</param>
public sealed record CeilingPart(string Service, double? Target, double Share, string From);
