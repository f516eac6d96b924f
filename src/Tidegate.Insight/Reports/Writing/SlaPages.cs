namespace Tidegate.Insight.Reports.Writing;

/// <summary>Agreements on the page of a report.</summary>
internal static class SlaPages
{
    /// <summary>The section.</summary>
    public static IReadOnlyList<ReportPart> Of(IReadOnlyList<ReportedSla> slas) =>
    [
        new("Service level agreements")
        {
            Columns = ["Agreement", "With", "State", "Promised", "Adjusted", "Raw", "Budget left", "Objective", "Buffer to the objective", "Minutes with data", "If broken"],
            Right = [3, 4, 5, 6, 7, 8, 9],
            Rows =
            [
                .. slas.Select(s => (IReadOnlyList<ReportCell>)
                [
                    s.DisplayName == s.Name ? s.Name : $"{s.DisplayName} ({s.Name})",
                    s.Customer,
                    new ReportCell(ReportText.State(s.State), ReportText.Tone(s.State)),
                    ReportText.Percent(s.Target),
                    ReportText.Percent(s.Adjusted?.Ratio),
                    ReportText.Percent(s.Raw?.Ratio),
                    new ReportCell(ReportText.Budget(s.Adjusted?.BudgetLeft), ReportText.Tone(s.State) is "bad" or "warn" ? ReportText.Tone(s.State) : ""),
                    s.ObjectiveTarget is null ? "" : $"{s.Objective} {ReportText.Percent(s.ObjectiveTarget)}",
                    s.State == "broken" ? new ReportCell("used up", "bad") : s.BufferMinutes is { } buffer ? new ReportCell($"{ReportText.Count(buffer)} minutes", buffer <= 0 ? "warn" : "") : "",
                    s.Minutes == 0 ? "" : ReportText.Known(s.MinutesWithData, s.Minutes),
                    new ReportCell(s.Penalty, s.State == "broken" ? "bad" : ""),
                ]),
            ],
            Text = [.. slas.Where(s => s.Reason.Length > 0).Select(s => $"{s.DisplayName}: {s.Reason}")],
        },
    ];
}
