using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies;
using Tidegate.Operations.Remediation.Acting;
using Tidegate.Operations.Remediation.Levels;
using Tidegate.Operations.Remediation.Rows;
using Tidegate.Platform.Audit;
using Tidegate.Platform.ConfigStore;
using Tidegate.Platform.Events;
using Tidegate.Platform.Hosting;

namespace Tidegate.Operations.Remediation;

/// <summary>How error budget policies stand: what they look at, what they did, and what they would do.</summary>
public sealed class PolicyReader
{
    /// <summary>Type of the event that a rule begins to act.</summary>
    public const string Entered = "remediation.rule_entered";

    /// <summary>Type of the event that a dry run would act.</summary>
    public const string WouldAct = "remediation.would_act";

    /// <summary>Type of the event that an action was done.</summary>
    public const string Acted = "remediation.acted";

    /// <summary>Type of the event that an action waits for the limit of overlays.</summary>
    public const string Held = "remediation.held";

    /// <summary>Type of the event that an action cannot be done.</summary>
    public const string Refused = "remediation.refused";

    /// <summary>Type of the event that a person took an overlay back.</summary>
    public const string Revoked = "remediation.revoked";

    /// <summary>Type of the event that an overlay was over before the budget had recovered.</summary>
    public const string Expired = "remediation.expired";

    /// <summary>Type of the event that people must look: it did not help, or could not be done.</summary>
    public const string Escalated = "remediation.escalated";

    /// <summary>Type of the event that a rule is left.</summary>
    public const string Left = "remediation.rule_left";

    /// <summary>Type of the event that all that a rule did is taken back.</summary>
    public const string Reverted = "remediation.reverted";

    /// <summary>Type of the event that a person lets a rule act again that did not help.</summary>
    public const string Reset = "remediation.reset";

    private readonly RuleStore _rules;
    private readonly BudgetReadings _readings;
    private readonly RuleActor _actor;
    private readonly OverlayStore _overlays;
    private readonly AuditTrail _audit;
    private readonly IConfigSource _config;
    private readonly TimeProvider _time;

    internal PolicyReader(RuleStore rules, BudgetReadings readings, RuleActor actor, OverlayStore overlays, AuditTrail audit, IConfigSource config, TimeProvider time) =>
        (_rules, _readings, _actor, _overlays, _audit, _config, _time) = (rules, readings, actor, overlays, audit, config, time);

    /// <summary>All policies by name.</summary>
    public async Task<IReadOnlyList<PolicyStatus>> ListAsync(CancellationToken cancel)
    {
        var document = _config.Current?.Document ?? ConfigDocument.Empty;
        var states = await _rules.AllAsync(cancel);
        var policies = new List<PolicyStatus>();
        foreach (var policy in document.OfKind<ErrorBudgetPolicyConfig>()) policies.Add(await OfAsync(policy, states, document, cancel));
        return policies;
    }

    /// <summary>One policy; null when there is none.</summary>
    public async Task<PolicyStatus?> FindAsync(string name, CancellationToken cancel)
    {
        var document = _config.Current?.Document ?? ConfigDocument.Empty;
        return document.Find($"ErrorBudgetPolicy/{name}") is Resource<ErrorBudgetPolicyConfig> policy ? await OfAsync(policy, await _rules.AllAsync(cancel), document, cancel) : null;
    }

    /// <summary>Lets a rule change traffic again that did not help. False when it has nothing to forget.</summary>
    /// <exception cref="ProblemException">The rule was changed meanwhile.</exception>
    public async Task<bool> ResetAsync(string policy, string rule, Actor author, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(author);
        if ((await _rules.AllAsync(cancel)).GetValueOrDefault($"{policy}/{rule}") is not { Ineffective: > 0 } state) return false;
        var now = _time.GetUtcNow();
        var told = new NewEvent($"{state.Activation}/reset/{state.Version}", Reset, $"policy/{policy}", now, new
        {
            Text = $"Rule {rule} of error budget policy {policy} may change traffic again", Policy = policy, Rule = rule, Author = author.Name, Objectives = state.Involved, state.Services,
        });
        var entry = new AuditEntry(author, "policies.reset", $"policy/{policy}/{rule}", new { state.Ineffective }, new { Ineffective = 0 });
        try
        {
            await _rules.WriteAsync(state with { Ineffective = 0 }, (db, inner) => _audit.AppendAsync(db, entry, inner), [told], cancel);
        }
        catch (RuleChangedException changed)
        {
            throw new ProblemException(Problems.Conflict("rule_changed", $"policy/{policy}/{rule}", changed.Message, "Try again.").Problem);
        }

        return true;
    }

    private async Task<PolicyStatus> OfAsync(Resource<ErrorBudgetPolicyConfig> policy, IReadOnlyDictionary<string, RuleState> states, ConfigDocument document, CancellationToken cancel)
    {
        var (spec, name, now) = (policy.Spec, policy.Metadata.Name, _time.GetUtcNow());
        var budgets = await _readings.OfAsync(spec, cancel);
        var rules = new List<RuleStatus>();
        foreach (var rule in spec.Rules)
        {
            var state = new RuleState { Policy = name, Rule = rule.Name };
            state = states.GetValueOrDefault(state.Id, state);
            rules.Add(await OfAsync(new Decision(name, spec, rule, state, document, budgets, now), cancel));
        }

        return new PolicyStatus
        {
            Name = name,
            State = spec.Expires <= now ? "expired" : spec.DryRun ? "dry_run" : rules.Any(r => r.State is "active" or "leaving") ? "acting" : "watching",
            Objectives = [.. budgets.Select(b => b.Objective)],
            Expires = spec.Expires,
            OverlaysLastHour = await _overlays.CountAsync(Decision.AuthorOf(name).Name, now.AddHours(-1), cancel),
            OverlaysPerHour = spec.OverlaysPerHour,
            Rules = rules,
        };
    }

    private async Task<RuleStatus> OfAsync(Decision decision, CancellationToken cancel)
    {
        var (state, clock) = (decision.State, decision.State.Clock);
        var isActive = state.Phase != RulePhase.Idle;
        var levels = decision.Readings.SelectMany(r => isActive && state.Involved.Contains(r.Objective, StringComparer.Ordinal)
            ? BudgetLevels.Entry(decision.Rule.When, r).Concat(BudgetLevels.Exit(decision.Rule, r)) : BudgetLevels.Entry(decision.Rule.When, r));
        return new RuleStatus
        {
            Name = decision.Rule.Name,
            State = state.Phase switch { RulePhase.Active => "active", RulePhase.Leaving => "leaving", _ => decision.Now < clock.CoolUntil ? "cooling" : "idle" },
            Since = isActive ? clock.Since : null,
            ClearSince = isActive ? clock.ClearSince : null,
            CoolUntil = decision.Now < clock.CoolUntil ? clock.CoolUntil : null,
            Levels = [.. levels],
            Why = isActive ? state.Why : [],
            Actions = isActive ? state.Actions : await _actor.PlanAsync(Supposed(decision), "would", cancel),
            Ineffective = state.Ineffective,
        };
    }

    // What it would do is planned for the objectives it looks at, the worst first.
    private static Decision Supposed(Decision decision)
    {
        var worst = decision.Readings.OrderBy(r => r.BudgetLeft ?? 100).ToList();
        return decision with { State = decision.State with { Involved = [.. worst.Take(1).Select(r => r.Objective)], Services = [.. worst.Select(r => r.Service).Where(s => s.Length > 0).Distinct(StringComparer.Ordinal)] } };
    }
}
