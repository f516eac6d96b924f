using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Actions;
using Tidegate.Insight.Incidents;
using Tidegate.Insight.Objectives;
using Tidegate.Operations.Remediation.Rows;

namespace Tidegate.Operations.Remediation.Acting;

/// <summary><c>incident</c>. People close it: that the budget recovers does not mean that all is well.</summary>
internal sealed class IncidentAct(IncidentStore incidents, ObjectiveReader objectives, AlertStore alerts) : IRuleAct
{
    public Type Settings => typeof(IncidentActionConfig);

    public string Word => "incident";

    public string Text(BudgetActionConfig action, Decision decision)
    {
        var incident = (IncidentActionConfig)action;
        return $"incident {incident.Severity.ToString().ToUpperInvariant()}: {TitleOf(incident, decision)}";
    }

    public async Task<IReadOnlyList<string>> ActAsync(BudgetActionConfig action, Decision decision, CancellationToken cancel)
    {
        var incident = (IncidentActionConfig)action;
        var firing = decision.State.Involved.SelectMany(o => objectives.Find(o)?.Alerts ?? []).Distinct(StringComparer.Ordinal).ToList();
        var since = decision.Now;
        foreach (var id in firing)
        {
            // A ticket fires for days: one that an incident was about which is closed by now says nothing of when users began to be hurt this time.
            if (await alerts.FindAsync(id, cancel) is { } alert && alert.ImpactStart < since && !await IsOverAsync(alert, decision, cancel)) since = alert.ImpactStart;
        }

        var opened = await incidents.OpenAsync(
            new IncidentRequest
            {
                Title = TitleOf(incident, decision), Severity = incident.Severity, Services = decision.State.Services, Objectives = decision.State.Involved, Alerts = firing, ImpactStart = since,
                Key = decision.State.Activation,
            },
            decision.Author, cancel);
        return [opened.Incident.Id];
    }

    public Task<bool> RevertAsync(PolicyAction done, RuleState state, DateTimeOffset now, CancellationToken cancel) => Task.FromResult(false);

    private async Task<bool> IsOverAsync(Alert alert, Decision decision, CancellationToken cancel) =>
        (await incidents.SinceAsync(alert.FiredAt, cancel)).Any(i => i.ClosedAt is not null && i.Objectives.Intersect(decision.State.Involved, StringComparer.Ordinal).Any());

    private static string TitleOf(IncidentActionConfig action, Decision decision)
    {
        var title = action.Title ?? (decision.Objective.Length > 0 ? $"{decision.Objective}: error budget policy {decision.Policy}, rule {decision.Rule.Name}" : $"error budget policy {decision.Policy}, rule {decision.Rule.Name}");
        return title.Length <= IncidentStore.LongestTitle ? title : title[..IncidentStore.LongestTitle];
    }
}
