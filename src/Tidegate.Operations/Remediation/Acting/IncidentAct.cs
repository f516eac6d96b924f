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
            if (await alerts.FindAsync(id, cancel) is { } alert && alert.ImpactStart < since) since = alert.ImpactStart;
        // A ticket fires for days. What it was about before belongs to the incident that is closed, with all that was used of the budget by then.
        foreach (var earlier in await incidents.SinceAsync(since, cancel))
            if (earlier.ClosedAt > since && earlier.Objectives.Intersect(decision.State.Involved, StringComparer.Ordinal).Any()) since = earlier.ClosedAt.Value;
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

    private static string TitleOf(IncidentActionConfig action, Decision decision)
    {
        var title = action.Title ?? (decision.Objective.Length > 0 ? $"{decision.Objective}: error budget policy {decision.Policy}, rule {decision.Rule.Name}" : $"error budget policy {decision.Policy}, rule {decision.Rule.Name}");
        return title.Length <= IncidentStore.LongestTitle ? title : title[..IncidentStore.LongestTitle];
    }
}
