namespace Tidegate.Insight.Incidents;

/// <summary>What became of a request to open one.</summary>
/// <param name="Incident">The incident.</param>
/// <param name="IsNew">False when one was open for the same objective or service, which the request joined.</param>
public sealed record IncidentOpened(Incident Incident, bool IsNew);
