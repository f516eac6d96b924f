namespace Tidegate.Insight.Objectives;

/// <summary>A time that what was used of a budget can be booked to.</summary>
/// <param name="Key">What it is booked to: the id of an incident, of a release.</param>
/// <param name="Text">What that is, in a few words.</param>
/// <param name="From">Beginning.</param>
/// <param name="Until">End; null while it goes on.</param>
public sealed record AttributionSpan(string Key, string Text, DateTimeOffset From, DateTimeOffset? Until);
