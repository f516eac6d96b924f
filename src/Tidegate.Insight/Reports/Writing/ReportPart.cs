namespace Tidegate.Insight.Reports.Writing;

/// <summary>A section of a report.</summary>
/// <param name="Title">Its title.</param>
internal sealed record ReportPart(string Title)
{
    /// <summary>2 for sections, 3 for those within them.</summary>
    public int Level { get; init; } = 2;

    /// <summary>What it says before its table.</summary>
    public IReadOnlyList<string> Text { get; init; } = [];

    /// <summary>Heads of the columns; empty: there is no table.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Rows of the table.</summary>
    public IReadOnlyList<IReadOnlyList<ReportCell>> Rows { get; init; } = [];

    /// <summary>Columns whose cells stand to the right.</summary>
    public IReadOnlyList<int> Right { get; init; } = [];

    /// <summary>Bars of the days, 0 to 1 each, with what they say; null: nothing is known of the day.</summary>
    public IReadOnlyList<(string Label, double? Share)> Bars { get; init; } = [];

    /// <summary>What the bars are.</summary>
    public string BarsText { get; init; } = "";
}
