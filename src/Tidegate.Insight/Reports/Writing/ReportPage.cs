namespace Tidegate.Insight.Reports.Writing;

/// <summary>A report as it is read, whatever it is written in.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Facts">What it is about, by name.</param>
/// <param name="Notes">What is not in it.</param>
/// <param name="Sections">Its sections.</param>
internal sealed record ReportPage(string Title, IReadOnlyList<(string Name, string Value)> Facts, IReadOnlyList<string> Notes, IReadOnlyList<ReportPart> Sections);
