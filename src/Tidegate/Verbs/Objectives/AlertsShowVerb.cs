using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Insight.Objectives;

namespace Tidegate.Verbs.Objectives;

/// <summary><c>tidegate alerts show</c>.</summary>
internal sealed class AlertsShowVerb : AdminVerb
{
    private readonly Argument<string> _alert = new("alert") { Description = "Id of the alert, as 'alerts list' shows it", HelpName = "alert" };

    public AlertsShowVerb()
        : base("show", "Show one alert with what explains it.") => Arguments.Add(_alert);

    public override IReadOnlyList<string> Examples => ["alerts show alert_checkout_page_1793750400"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var id = string.Join('/', context.Get(_alert)!.Split('/').Select(AdminPath.Segment));
        var alert = await context.Admin.GetAsync<Alert>($"alerts/{id}", context.Cancel);
        context.ShowObject(alert, [.. alert.Origin == Alert.Own ? OfObjective(alert) : FromOutside(alert), ("nobody is told", alert.Suppressed), ("runbook", alert.Runbook), .. alert.Links.Select(l => (l.Name, (string?)l.Url))]);
        return ExitCode.Ok;
    }

    private static IEnumerable<(string, string?)> OfObjective(Alert alert)
    {
        var evidence = alert.Evidence ?? new AlertEvidence();
        return
        [
            ("what", alert.Summary),
            ("severity", alert.Severity.ToString().ToLowerInvariant()),
            ("objective", alert.Objective),
            ("users hurt since", ObjectiveText.Time(alert.ImpactStart)),
            ("fires since", ObjectiveText.Time(alert.FiredAt)),
            ("ended", alert.ResolvedAt is { } end ? ObjectiveText.Time(end) : "it fires"),
            ("condition", alert.Condition),
            ("budget left", $"{ObjectiveText.Percent(alert.BudgetLeft)} when it fired"),
            .. evidence.Contributors.Select(c => ("explained by", (string?)$"{c.Dimension} {c.Value}: {ObjectiveText.Percent(c.Share)} of it; {ObjectiveText.Percent(c.BadRatio)} {(c.IsOfAll ? "of all" : "bad")}, {ObjectiveText.Percent(c.BaselineRatio)} before")),
            .. evidence.Changes.Select(c => ("changed before", (string?)$"{ObjectiveText.Time(c.At)} {c.Kind} {c.Id} by {c.Author}: {c.Text}")),
            .. evidence.Gaps.Select(g => ("not known", (string?)g)),
        ];
    }

    private static IEnumerable<(string, string?)> FromOutside(Alert alert) =>
    [
        ("what", alert.Title),
        ("summary", alert.Summary),
        ("severity", alert.Severity.ToString().ToLowerInvariant()),
        ("told by", alert.Origin),
        ("fires since", ObjectiveText.Time(alert.FiredAt)),
        ("somebody is at it since", alert.AcknowledgedAt is { } at ? ObjectiveText.Time(at) : null),
        ("ended", alert.ResolvedAt is { } end ? ObjectiveText.Time(end) : "it fires"),
        ("ended because", alert.EndReason),
        .. alert.Labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => ("label", (string?)$"{l.Key}={l.Value}")),
        .. alert.Annotations.Where(a => a.Value != alert.Summary).OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => (a.Key, (string?)a.Value)),
        ("link", alert.Link),
    ];
}
