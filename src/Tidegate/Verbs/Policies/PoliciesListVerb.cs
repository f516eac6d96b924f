using Tidegate.Cli;
using Tidegate.Operations.Remediation;
using Tidegate.Platform.Hosting;
using Tidegate.Verbs.Objectives;

namespace Tidegate.Verbs.Policies;

/// <summary><c>tidegate policies list</c>.</summary>
internal sealed class PoliciesListVerb : AdminVerb
{
    public PoliciesListVerb()
        : base("list", "Show every rule of every error budget policy.")
    {
    }

    public override IReadOnlyList<string> Examples => ["policies list", "policies list --output json"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var page = await context.Admin.GetAsync<Page<PolicyStatus>>("policies", context.Cancel);
        var rows = page.Items.SelectMany(p => p.Rules.Select(r => new Row(p.Name, p.State, r.Name, r))).ToList();
        context.ShowList(
            rows,
            "There is no error budget policy.",
            new Column<Row>("POLICY", r => r.Policy),
            new Column<Row>("STATE", r => r.State) { Style = r => PolicyText.Style(r.State) },
            new Column<Row>("RULE", r => r.Rule),
            new Column<Row>("RULE IS", r => r.Status.State) { Style = r => PolicyText.Style(r.Status.State) },
            new Column<Row>("SINCE", r => r.Status.Since is { } since ? ObjectiveText.Time(since) : "") { Spare = 1 },
            new Column<Row>("UNTIL", r => (r.Status.CoolUntil ?? r.Status.Actions.Select(a => a.Until).Max()) is { } until ? ObjectiveText.Time(until) : "") { Spare = 2 },
            new Column<Row>("ACTIONS", r => string.Join("; ", r.Status.Actions.Select(a => $"{a.State}: {a.Text}"))) { Wraps = true });
        return ExitCode.Ok;
    }

    private sealed record Row(string Policy, string State, string Rule, RuleStatus Status);
}
