using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies;
using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Actions;
using Tidegate.Insight.Notifications;
using Tidegate.Operations.Remediation.Levels;
using Tidegate.Operations.Remediation.Rows;
using Tidegate.Operations.Remediation.Traffic;
using Tidegate.Platform.Hosting;

namespace Tidegate.Operations.Remediation.Acting;

/// <summary>
/// Does what rules decide, and takes it back. 1. What is decided is written down. 2. Each action is done, under an id made of the decision, so that doing it twice is doing it once.
/// 3. That it is done is written down. A node that dies between any two of these goes on there, or another does.
/// </summary>
internal sealed class RuleActor(RuleStore rules, OverlayAct overlay, IEnumerable<IRuleAct> acts, NotificationDesk desk)
{
    // Who changed the rule knows.
    private const string Changed = "The rule has changed meanwhile, and does not do that any more.";

    private readonly Dictionary<Type, IRuleAct> _acts = acts.ToDictionary(a => a.Settings);

    /// <summary>What a rule would do now, in the order of its actions; all that changes traffic stands where the first of that kind does.</summary>
    public async Task<IReadOnlyList<PolicyAction>> PlanAsync(Decision decision, string state, CancellationToken cancel)
    {
        var planned = new List<PolicyAction>();
        foreach (var action in decision.Rule.Actions)
        {
            if (action is not TrafficActionConfig) planned.Add(new PolicyAction { Type = _acts[action.GetType()].Word, State = state, Text = _acts[action.GetType()].Text(action, decision) });
            else if (planned.All(p => p.Type != OverlayAct.Word)) planned.Add(await overlay.PlanAsync(decision, state, cancel));
        }

        return planned;
    }

    /// <summary>A rule begins to act.</summary>
    public async Task<RuleState> EnterAsync(Decision decision, CancellationToken cancel)
    {
        var state = decision.State with { Actions = await PlanAsync(decision, decision.State.DryRun ? "would" : "planned", cancel) };
        state = await rules.WriteAsync(state, cancel, state.DryRun ? [PolicyEvents.Entered(state, decision.Now), PolicyEvents.Would(state, decision.Now)] : [PolicyEvents.Entered(state, decision.Now)]);
        return await CarryOnAsync(decision with { State = state }, cancel);
    }

    /// <summary>Does what is not done yet, and looks after what is.</summary>
    public async Task<RuleState> CarryOnAsync(Decision decision, CancellationToken cancel)
    {
        for (var i = 0; i < decision.State.Actions.Count; i++)
        {
            var action = decision.State.Actions[i];
            var next = action switch
            {
                { Type: OverlayAct.Word, State: "planned" or "held" } => await overlay.ActAsync(decision, action, cancel),
                { Type: OverlayAct.Word, State: "done" } => await overlay.WatchAsync(decision, action, cancel),
                { State: "planned" } => await ActAsync(decision, i, cancel),
                { State: "done" } when _acts.Values.First(a => a.Word == action.Type).HasMore(action, decision) => await ActAsync(decision, i, cancel),
                _ => action,
            };
            if (next != action) decision = decision with { State = await ChangedAsync(decision, i, next, cancel) };
        }

        return decision.State;
    }

    /// <summary>Takes back what a rule did. Called again where it was interrupted.</summary>
    public async Task<RuleState> LeaveAsync(RuleState state, string because, BudgetPolicyRuleConfig? rule, DateTimeOffset now, CancellationToken cancel)
    {
        if (state.Phase != RulePhase.Leaving)
        {
            state = state with { Phase = RulePhase.Leaving, LeftBecause = because };
            state = await rules.WriteAsync(state, cancel, PolicyEvents.Left(state, now));
        }

        // People are told last: of what was taken back, and of what stays.
        foreach (var i in state.DryRun ? [] : Enumerable.Range(0, state.Actions.Count).OrderBy(i => state.Actions[i].Type == "notify").ToList())
        {
            var action = state.Actions[i];
            if (action.State is not ("done" or "planned" or "held")) continue;
            // Also what was made and not written down: whether there was something is known when it is taken back.
            var isBack = action.Type == OverlayAct.Word
                ? await overlay.RevertAsync(state, cancel) || action.State == "done"
                : await _acts.Values.First(a => a.Word == action.Type).RevertAsync(action, state, now, cancel);
            if (isBack) state = state.With(i, action with { State = "reverted", At = now });
        }

        if (state.Escalated) await desk.TellAsync(PolicyNotices.Escalated(state, state.LeftBecause, now) with { IsResolved = true, ResolvedAt = now }, cancel);
        var told = PolicyEvents.Reverted(state, now);
        // It held until the budget had recovered: it helped.
        var helped = state.Recovered && state.Actions.Any(a => a is { Type: OverlayAct.Word, State: "reverted" });
        state = state with { Phase = RulePhase.Idle, Clock = new RuleClock(null, null, rule is null ? null : now + rule.CoolDown), Ineffective = helped ? 0 : state.Ineffective };
        return await rules.WriteAsync(state, cancel, told);
    }

    private async Task<PolicyAction> ActAsync(Decision decision, int index, CancellationToken cancel)
    {
        var action = decision.State.Actions[index];
        // The n-th of its kind: the rule may have changed since it was decided.
        var nth = decision.State.Actions.Take(index).Count(a => a.Type == action.Type);
        if (decision.Rule.Actions.Where(a => a is not TrafficActionConfig && _acts[a.GetType()].Word == action.Type).Skip(nth).FirstOrDefault() is not { } settings)
            return action with { State = "refused", Reason = Changed, At = decision.Now };
        try
        {
            var act = _acts[settings.GetType()];
            return action with { State = "done", Text = act.Text(settings, decision), Made = await act.ActAsync(settings, decision, cancel), At = decision.Now };
        }
        catch (ProblemException refused)
        {
            return action with { State = "refused", Reason = refused.Message, At = decision.Now };
        }
    }

    private async Task<RuleState> ChangedAsync(Decision decision, int index, PolicyAction next, CancellationToken cancel)
    {
        var (before, state) = (decision.State.Actions[index], decision.State.With(index, next));
        var type = next.State switch
        {
            "done" => PolicyReader.Acted,
            "held" => PolicyReader.Held,
            "revoked" => PolicyReader.Revoked,
            "expired" => PolicyReader.Expired,
            _ => PolicyReader.Refused,
        };
        if (next.State == "expired") state = state with { Ineffective = state.Ineffective + 1 };
        if (Alarm(state, next) is not { } why) return await rules.WriteAsync(state, cancel, PolicyEvents.Action(type, state, index, before, decision.Now));
        state = state with { Escalated = true };
        // People are told first: told twice is told once, and not told at all would be worse.
        await desk.TellAsync(PolicyNotices.Escalated(state, why, decision.Now), cancel);
        return await rules.WriteAsync(state, cancel, PolicyEvents.Action(type, state, index, before, decision.Now), PolicyEvents.Escalated(state, why, decision.Now));
    }

    // What a policy could not do, or did in vain, is left to people.
    private static string? Alarm(RuleState state, PolicyAction action) => action switch
    {
        { State: "expired" } => $"What error budget policy {state.Policy} did by rule {state.Rule} was taken back at its time, and the budget has not recovered: {action.Text}{(state.Ineffective >= OverlayAct.MostIneffective ? ". It did not help twice in a row, and the rule changes traffic no more until it is reset" : "")}",
        { State: "refused" } when action.Reason != Changed && !action.Reason.EndsWith(TrafficPlan.IsSo, StringComparison.Ordinal) => $"Error budget policy {state.Policy} could not act by rule {state.Rule}: {action.Text}: {action.Reason}",
        _ => null,
    };
}
