namespace Tidegate.Insight.Objectives.Compiling;

/// <summary>An objective over others, minute by minute.</summary>
/// <param name="Series">Series of its minutes.</param>
/// <param name="AnyBad">True: a minute is as good as its worst part; false: the mean by weight.</param>
/// <param name="Parts">Ids of the objectives it is made of, with their weights.</param>
internal sealed record CompositeObjective(string Series, bool AnyBad, IReadOnlyList<(string Objective, double Weight)> Parts);
