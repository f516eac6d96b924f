namespace Tidegate.Insight.Reports.Writing;

/// <summary>A cell of a table.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Tone"><c>good</c>, <c>bad</c>, <c>warn</c>, <c>none</c>, or empty.</param>
internal sealed record ReportCell(string Text, string Tone = "")
{
    public static implicit operator ReportCell(string text) => new(text);
}
