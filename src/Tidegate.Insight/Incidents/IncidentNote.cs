namespace Tidegate.Insight.Incidents;

/// <summary>Something that somebody wrote down.</summary>
/// <param name="At">When.</param>
/// <param name="Author">Who.</param>
/// <param name="Text">What.</param>
public sealed record IncidentNote(DateTimeOffset At, string Author, string Text);
