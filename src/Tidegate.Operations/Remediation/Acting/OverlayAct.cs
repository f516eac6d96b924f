using Tidegate.Core.Resources.Schema;
using Tidegate.Operations.Remediation.Rows;
using Tidegate.Operations.Remediation.Traffic;
using Tidegate.Platform.ConfigStore;
using Tidegate.Platform.Hosting;

namespace Tidegate.Operations.Remediation.Acting;

/// <summary>All that a rule changes in traffic: one overlay for each time of being active, with an end, and with the budget as its evidence.</summary>
internal sealed class OverlayAct(OverlayPlanning planning, OverlayStore overlays)
{
    /// <summary>Type of the action.</summary>
    public const string Word = "overlay";

    /// <summary>Runs in a row without recovery after which a rule changes traffic no more.</summary>
    public const int MostIneffective = 2;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>What it would change now.</summary>
    public async Task<PolicyAction> PlanAsync(Decision decision, string state, CancellationToken cancel)
    {
        var plan = await OfAsync(decision, cancel);
        return new PolicyAction { Type = Word, State = state, Text = plan.Text, Reason = string.Join(' ', plan.Refusals) };
    }

    /// <summary>Makes the overlay, or says why not.</summary>
    public async Task<PolicyAction> ActAsync(Decision decision, PolicyAction action, CancellationToken cancel)
    {
        var key = decision.State.Activation;
        var known = await overlays.FindAsync(OverlayStore.IdOf(key), cancel);
        if (known is not null) return Done(action, known, decision);
        if (decision.State.Ineffective >= MostIneffective)
            return action with { State = "refused", Reason = $"It did not help {MostIneffective} times in a row: 'tidegate policies reset {decision.Policy} {decision.Rule.Name}' lets it act again.", At = decision.Now };
        var plan = await OfAsync(decision, cancel);
        if (plan.Patches.Count == 0)
        {
            // What is so already says nothing beside what cannot be done.
            var cannot = plan.Refusals.Where(r => !r.EndsWith(TrafficPlan.IsSo, StringComparison.Ordinal)).ToList();
            return action with { State = "refused", Text = plan.Text, Reason = string.Join(' ', cannot.Count > 0 ? cannot : plan.Refusals), At = decision.Now };
        }

        if (await overlays.CountAsync(decision.Author.Name, decision.Now - Hour, cancel) >= decision.Spec.OverlaysPerHour)
            return action with { State = "held", Reason = $"The policy has made {decision.Spec.OverlaysPerHour} overlays in the last hour, and may make no more.", At = action.At ?? decision.Now };
        try
        {
            var request = new OverlayRequest
            {
                Reason = $"Error budget policy {decision.Policy}, rule {decision.Rule.Name}: {plan.Text}", Evidence = decision.Evidence, For = Duration.Format(decision.Rule.Lasts), Patches = plan.Patches,
            };
            return Done(action with { Text = plan.Text, Reason = string.Join(' ', plan.Refusals) }, await overlays.CreateOnceAsync(key, request, decision.Author, cancel), decision);
        }
        catch (ProblemException refused)
        {
            var findings = refused.Problem.Findings is { Count: > 0 } all ? string.Join(' ', all.Take(3)) : refused.Message;
            return action with { State = "refused", Text = plan.Text, Reason = findings, At = decision.Now };
        }
    }

    /// <summary>Looks whether it still holds.</summary>
    public async Task<PolicyAction> WatchAsync(Decision decision, PolicyAction action, CancellationToken cancel)
    {
        var overlay = await overlays.FindAsync(OverlayStore.IdOf(decision.State.Activation), cancel);
        if (overlay is null or { RevokedAt: not null })
            return action with { State = "revoked", Reason = "A person took it back: it is not made again before the rule has been left.", At = overlay?.RevokedAt ?? decision.Now };
        return overlay.IsLive(decision.Now) ? action : action with { State = "expired", Reason = "Its time was over before the budget had recovered.", At = overlay.ExpiresAt };
    }

    /// <summary>Takes it back, also one that was made and not written down. False when there was none that held.</summary>
    public Task<bool> RevertAsync(RuleState state, CancellationToken cancel) =>
        overlays.RevokeAsync(OverlayStore.IdOf(state.Activation), Decision.AuthorOf(state.Policy), cancel);

    private async Task<OverlayPlan> OfAsync(Decision decision, CancellationToken cancel)
    {
        var window = decision.Rule.When.Over?.Length ?? Hour;
        return (await planning.PlanAsync(decision.Rule, new TrafficQuestion(decision.Document, decision.Objective, decision.Now - window, decision.Now), cancel))!;
    }

    private static PolicyAction Done(PolicyAction action, Overlay overlay, Decision decision) =>
        action with { State = "done", Made = [overlay.Id], At = decision.Now, Until = overlay.ExpiresAt };
}
