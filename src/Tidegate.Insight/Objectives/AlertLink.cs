namespace Tidegate.Insight.Objectives;

/// <summary>Where somebody who is woken can look: an annotation of the SLO that is an address.</summary>
/// <param name="Name">Name of the annotation: <c>dashboard</c>.</param>
/// <param name="Url">The address, <c>http</c> or <c>https</c>.</param>
public sealed record AlertLink(string Name, string Url);
