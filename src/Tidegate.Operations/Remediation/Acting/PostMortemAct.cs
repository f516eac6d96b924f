using System.Globalization;
using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Actions;
using Tidegate.Insight.PostMortems;
using Tidegate.Operations.Remediation.Levels;
using Tidegate.Operations.Remediation.Rows;

namespace Tidegate.Operations.Remediation.Acting;

/// <summary><c>postmortem</c>. What is mandatory stays so, whatever becomes of the budget.</summary>
internal sealed class PostMortemAct(PostMortemStore postMortems) : IRuleAct
{
    public Type Settings => typeof(PostMortemActionConfig);

    public string Word => "postmortem";

    public string Text(BudgetActionConfig action, Decision decision)
    {
        var incidents = Above(decision).Select(a => a.Share.Id).Distinct(StringComparer.Ordinal).ToList();
        return $"a mandatory post-mortem of {(incidents.Count > 0 ? string.Join(", ", incidents) : "the incident")}, with at least one P0 action item";
    }

    public async Task<IReadOnlyList<string>> ActAsync(BudgetActionConfig action, Decision decision, CancellationToken cancel)
    {
        var made = new List<string>();
        foreach (var (objective, share) in Above(decision))
        {
            if (made.Contains(share.Id, StringComparer.Ordinal)) continue;
            var reason = string.Create(CultureInfo.InvariantCulture, $"it used {Math.Round(share.Used, 2):#,0.##} % of the error budget of {objective}, and above {decision.Rule.When.IncidentAbove} % there has to be one (policy {decision.Policy}, rule {decision.Rule.Name})");
            if (await postMortems.RequireAsync(share.Id, reason, decision.Author, cancel) is not null) made.Add(share.Id);
        }

        return made;
    }

    public bool HasMore(PolicyAction done, Decision decision) => Above(decision).Any(a => !done.Made.Contains(a.Share.Id, StringComparer.Ordinal));

    public Task<bool> RevertAsync(PolicyAction done, RuleState state, DateTimeOffset now, CancellationToken cancel) => Task.FromResult(false);

    // Not only the worst of each objective: every incident has to be learnt from.
    private static IEnumerable<(string Objective, IncidentShare Share)> Above(Decision decision) => decision.Readings
        .Where(r => decision.State.Involved.Contains(r.Objective, StringComparer.Ordinal))
        .SelectMany(r => (r.Incidents ?? []).Where(i => i.Used > (double?)decision.Rule.When.IncidentAbove).Select(i => (r.Objective, i)));
}
