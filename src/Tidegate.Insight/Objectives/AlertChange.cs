namespace Tidegate.Insight.Objectives;

/// <summary>Something that changed before an alert.</summary>
/// <param name="Kind"><c>revision</c>, <c>overlay</c>, <c>release</c> or <c>experiment</c>.</param>
/// <param name="Id">Its id.</param>
/// <param name="At">When.</param>
/// <param name="Author">Who.</param>
/// <param name="Text">What, in a sentence.</param>
public sealed record AlertChange(string Kind, string Id, DateTimeOffset At, string Author, string Text);
