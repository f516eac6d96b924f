namespace Tidegate.Catalogue;

/// <summary>Which catalogue is in force.</summary>
/// <param name="AsOf">Day of its newest prices.</param>
/// <param name="Sources">What it was made from.</param>
/// <param name="Models">Number of models.</param>
/// <param name="Priced">Number of those with a price.</param>
/// <param name="From"><c>program</c>: the one it came with; <c>data</c>: one that was put in place.</param>
/// <param name="Problem">Why one that was put in place is not used; null when there is nothing to say.</param>
public sealed record CatalogueAbout(DateOnly AsOf, IReadOnlyList<string> Sources, int Models, int Priced, string From, string? Problem);
