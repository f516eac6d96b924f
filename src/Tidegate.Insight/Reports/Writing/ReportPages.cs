using System.Globalization;

namespace Tidegate.Insight.Reports.Writing;

/// <summary>Makes the page of a report.</summary>
internal static class ReportPages
{
    /// <summary>The page.</summary>
    public static ReportPage Of(Report report) => new(
        $"{TitleOf(report.Kind)}, {report.Month}",
        [
            ("Service", report.Service ?? "all services"),
            ("Time", $"{ReportText.Time(report.From)} to {ReportText.Time(report.Until)} (month of {report.Zone})"),
            ("Made", ReportText.Time(report.MadeAt)),
        ],
        report.Notes,
        [
            .. report.Signs.Count > 0 ? SignsOf(report) : [],
            .. report.Slas.Count > 0 ? SlaPages.Of(report.Slas) : [],
            .. report.Objectives.Count > 0 ? ObjectivesOf(report) : [],
            .. report.Kind == ReportKind.Monthly ? [IncidentsOf(report)] : Array.Empty<ReportPart>(),
            .. report.Outside.Count > 0 ? [OutsideOf(report)] : Array.Empty<ReportPart>(),
            .. report.Kind == ReportKind.Budget ? report.Objectives.SelectMany(ObjectivePages.Of) : [],
            ExcludedOf(report),
            Definitions(report),
        ]);

    private static string TitleOf(ReportKind kind) => kind switch { ReportKind.Budget => "Error budget report", ReportKind.Sla => "SLA report", _ => "Monthly reliability review" };

    private static IReadOnlyList<ReportPart> SignsOf(Report report) =>
    [
        new("Vital signs")
        {
            Columns = ["Sign", "Value", "Sample", "Definition", "Source"],
            Right = [2],
            Rows =
            [
                .. report.Signs.Select(s => (IReadOnlyList<ReportCell>)
                [
                    s.DisplayName,
                    s.Values.Count == 0 ? new ReportCell("not known", "none") : string.Join(", ", s.Values.Select(v => s.Values.Count == 1 && v.Key is "ratio" ? Value(s.Unit, v.Value) : $"{v.Key} {Value(s.Unit, v.Value)}")),
                    s.Sample > 0 ? ReportText.Count(s.Sample) : "",
                    s.Definition,
                    string.Join(". ", new[] { s.Source.Length > 0 ? $"From {s.Source}" : "", s.Reason }.Where(t => t.Length > 0)),
                ]),
            ],
        },
    ];

    private static string Value(string unit, double value) => unit switch
    {
        "ratio" => ReportText.Percent(value),
        "seconds" => ReportText.Seconds(value),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value:0.##}/s"),
    };

    private static IReadOnlyList<ReportPart> ObjectivesOf(Report report) =>
    [
        new("Objectives")
        {
            Text = ["Raw is with everything; adjusted is without what is excluded. Minutes without data are neither good nor bad."],
            Columns = ["Objective", "State", "Target", "Adjusted", "Raw", "Budget left", "Budget left, raw", "Bad", "Minutes with data", "Pages", "Tickets"],
            Right = [2, 3, 4, 5, 6, 7, 8, 9, 10],
            Rows =
            [
                .. report.Objectives.Select(o => (IReadOnlyList<ReportCell>)
                [
                    $"{o.DisplayName} ({o.Id})",
                    new ReportCell(ReportText.State(o.State), ReportText.Tone(o.State)),
                    ReportText.Percent(o.Target),
                    ReportText.Percent(o.Adjusted.Ratio),
                    ReportText.Percent(o.Raw.Ratio),
                    new ReportCell(ReportText.Budget(o.Adjusted.BudgetLeft), o.State == "missed" ? "bad" : ""),
                    ReportText.Budget(o.Raw.BudgetLeft),
                    $"{ReportText.Count(o.Adjusted.Bad)} of {ReportText.Count(o.Adjusted.Total, o.Unit)}",
                    ReportText.Known(o.MinutesWithData, o.Minutes),
                    ReportText.Count(o.Pages),
                    ReportText.Count(o.Tickets),
                ]),
            ],
        },
    ];

    private static ReportPart IncidentsOf(Report report) => report.Incidents.Count == 0
        ? new ReportPart("Incidents") { Text = ["There was none."] }
        : new ReportPart("Incidents")
        {
            Columns = ["Incident", "Severity", "Users hurt from", "Detected", "Closed", "Budget used", "Post-mortem"],
            Rows =
            [
                .. report.Incidents.Select(i => (IReadOnlyList<ReportCell>)
                [
                    $"{i.Id}: {i.Title}", i.Severity, ReportText.Time(i.ImpactStart), ReportText.Time(i.DetectedAt), i.ClosedAt is { } end ? ReportText.Time(end) : new ReportCell("open", "warn"),
                    string.Join(", ", i.BudgetUsed.Select(b => $"{b.Key} {ReportText.Budget(b.Value)}")),
                    i.PostMortem is "due" ? new ReportCell("due", "warn") : i.PostMortem is "" ? new ReportCell("none", "none") : i.PostMortem,
                ]),
            ],
        };

    private static ReportPart OutsideOf(Report report) => new("Alerts from outside")
    {
        Text = ["What other programs said. It is in no objective's figures and used no budget, but it called people."],
        Columns = ["Told by", "Sender", "Service", "Pages", "Tickets"],
        Right = [3, 4],
        Rows = [.. report.Outside.Select(s => (IReadOnlyList<ReportCell>)[s.Origin, s.Sender, s.Service.Length > 0 ? s.Service : new ReportCell("none named", "none"), ReportText.Count(s.Pages), ReportText.Count(s.Tickets)])],
    };

    private static ReportPart ExcludedOf(Report report) => report.Excluded.Count == 0
        ? new ReportPart("Excluded") { Text = ["Nothing was excluded: raw and adjusted figures are the same."] }
        : new ReportPart("Excluded")
        {
            Text = ["Times that do not count. The raw figures have them. Bad and All are what was left out of the one objective: others may count the same events, so they are not to be added up."],
            Columns = ["Exclusion", "Kind", "Reason", "Author", "Minutes", "Objective", "Bad", "All", "Unit"],
            Right = [4, 6, 7],
            Rows = [.. report.Excluded.Select(e => (IReadOnlyList<ReportCell>)[e.Name, e.Kind.Replace('_', ' '), e.Reason, e.Author, ReportText.Count(e.Minutes), e.Objective, ReportText.Count(e.Bad), ReportText.Count(e.Total), e.Unit])],
        };

    private static ReportPart Definitions(Report report) => new("What the words mean")
    {
        Text =
        [
            "Ratio: what was good, of all that counts. What counts is said by each objective's indicator; events, or slices of time where the objective says so.",
            "Error budget: the share of the month that may be bad, 1 - target. A budget left of 100 % is untouched; below 0 it is overrun. Objectives over other times than a month stand differently in 'tidegate slo list'.",
            "Raw and adjusted: adjusted leaves out the times of exclusions, each with its reason and author; raw has everything.",
            "No data: nothing is known of a minute. It is never counted as good.",
            .. report.Slas.Count > 0 ? ["SLA states: broken, the agreement's own target was missed; at risk, less of its budget is left than its buffer; met otherwise. The buffer in minutes is how much sooner the objective is missed than the agreement; it is used up when the agreement is broken."] : Array.Empty<string>(),
        ],
    };
}
