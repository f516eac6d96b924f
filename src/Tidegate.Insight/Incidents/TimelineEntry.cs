namespace Tidegate.Insight.Incidents;

/// <summary>A row of an incident's timeline.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Kind"><c>event</c>, <c>alert</c>, <c>revision</c>, <c>overlay</c> or <c>note</c>; other modules add kinds of their own, such as <c>release</c>.</param>
/// <param name="Id">Id of what it tells of, so that it can be looked up.</param>
/// <param name="Author">Who did it; empty when nobody did.</param>
/// <param name="Text">What happened, in a sentence.</param>
public sealed record TimelineEntry(DateTimeOffset At, string Kind, string Id, string Author, string Text);
