using System.Globalization;
using Tidegate.Insight.Objectives;

namespace Tidegate.Insight.Reports.Writing;

/// <summary>An objective on a page of its own: its days, and what used its budget.</summary>
internal static class ObjectivePages
{
    /// <summary>Its sections.</summary>
    public static IEnumerable<ReportPart> Of(ReportedObjective objective)
    {
        yield return new ReportPart($"{objective.DisplayName} ({objective.Id})")
        {
            Text = [.. TextOf(objective)],
            Bars = [.. objective.Days.Select(d => (string.Create(CultureInfo.InvariantCulture, $"{d.Day:yyyy-MM-dd}: {(d.BudgetUsed is { } used ? $"{ReportText.Budget(used)} of the budget" : "no data")}"), d.BudgetUsed))],
            BarsText = "Share of the month's budget used by each day",
        };
        foreach (var split in objective.UsedBy)
        {
            yield return new ReportPart($"Used by {split.By}")
            {
                Level = 3,
                Text = split.Reason.Length > 0 ? [split.Reason] : [],
                Columns = [Word(split.By), "Budget", "Of what was used", split.Unit == "events" ? "Bad events" : "Bad slices"],
                Right = [1, 2, 3],
                Rows =
                [
                    .. split.Parts.Select(p => Row(p, p.Text.Length > 0 ? $"{p.Key}: {p.Text}" : p.Key.Length > 0 ? p.Key : "(none)")),
                    .. split.Others is { } others ? [Row(others, $"({others.Text})")] : Array.Empty<IReadOnlyList<ReportCell>>(),
                    Row(split.Rest, split.Source == "times" ? "(at other times)" : "(not known)"),
                    Row(split.Whole, "(all)"),
                ],
            };
        }
    }

    private static IEnumerable<string> TextOf(ReportedObjective o)
    {
        yield return $"{o.Good}; promised{(o.Service.Length > 0 ? $" for {o.Service}" : "")}: {ReportText.Percent(o.Target)}.";
        yield return o.Adjusted.Ratio is null
            ? "No data: nothing is known of the month."
            : $"{ReportText.Percent(o.Adjusted.Ratio)} was good, {ReportText.Count(o.Adjusted.Bad)} of {ReportText.Count(o.Adjusted.Total, o.Unit)} bad: {ReportText.Budget(o.Adjusted.BudgetLeft)} of the budget is left (raw: {ReportText.Percent(o.Raw.Ratio)}, {ReportText.Budget(o.Raw.BudgetLeft)}).";
        if (o.Durations is { } d) yield return $"Durations: p50 {ReportText.Seconds(d.P50 / 1e6)}, p90 {ReportText.Seconds(d.P90 / 1e6)}, p95 {ReportText.Seconds(d.P95 / 1e6)}, p99 {ReportText.Seconds(d.P99 / 1e6)}, of {ReportText.Count(d.Count)} (merged histograms).";
    }

    private static IReadOnlyList<ReportCell> Row(AttributionPart part, string name) =>
        [name, ReportText.Budget(part.Budget), part.Share is null ? "" : ReportText.Budget(part.Share), ReportText.Count(part.Bad)];

    private static string Word(string by) => char.ToUpperInvariant(by[0]) + by[1..];
}
