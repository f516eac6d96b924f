using System.Globalization;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies;
using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Actions;
using Tidegate.Insight.Objectives;
using Tidegate.Operations.Remediation.Levels;
using Tidegate.Operations.Remediation.Rows;
using Tidegate.Platform.Storage;

namespace Tidegate.Operations.Remediation.Acting;

/// <summary>
/// Looks at every rule of every policy: compares budgets with levels, lets the clock of the rule decide, and has done or taken back what that brings. On the node that judges objectives
/// for all. What fails for one rule stops no other.
/// </summary>
internal sealed partial class PolicyEngine(
    RuleStore rules, BudgetReadings readings, ObjectiveReader objectives, RuleActor actor, IConfigSource config, PolicyHealth health, TimeProvider time, ILogger<PolicyEngine> logger)
{
    private const int MostReasons = 5;

    private ConfigDocument? _idle;

    public Task Ready => rules.Ready;

    /// <summary>One look at everything.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        // Without a configuration nobody knows what is in no policy any more, and before its objectives were looked at, which of them are gone.
        if (config.Current is not { Document: var document } || ReferenceEquals(document, _idle) || !objectives.IsReady || !await objectives.LeadsAsync(cancel)) return;
        var now = time.GetUtcNow();
        var states = await rules.AllAsync(cancel);
        // No policy, and nothing left of one: there is nothing to look at until the configuration changes.
        _idle = states.Count == 0 && !document.OfKind<ErrorBudgetPolicyConfig>().Any() ? document : null;
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var policy in document.OfKind<ErrorBudgetPolicyConfig>())
        {
            var budgets = await readings.OfAsync(policy.Spec, cancel);
            foreach (var rule in policy.Spec.Rules)
            {
                var state = new RuleState { Policy = policy.Metadata.Name, Rule = rule.Name };
                known.Add(state.Id);
                state = states.GetValueOrDefault(state.Id, state);
                await GuardAsync(state, () => LookAsync(new Decision(policy.Metadata.Name, policy.Spec, rule, state, document, budgets, now), cancel), cancel);
            }
        }

        foreach (var gone in states.Values.Where(s => !known.Contains(s.Id)))
        {
            await GuardAsync(gone, async () =>
            {
                if (gone.Phase != RulePhase.Idle) await actor.LeaveAsync(gone, "The rule is not in the configuration any more.", null, now, cancel);
                else await rules.ForgetAsync(gone, cancel);
            }, cancel);
        }
    }

    private async Task LookAsync(Decision decision, CancellationToken cancel)
    {
        var (state, rule, now) = (decision.State, decision.Rule, decision.Now);
        if (state.Phase == RulePhase.Leaving || (state.Phase == RulePhase.Active && Stop(decision) is not null))
        {
            // A dry run did nothing that would have to cool down: who ends it while a budget burns wants help now.
            await actor.LeaveAsync(state, Stop(decision) ?? "", state.DryRun && !decision.Spec.DryRun ? null : rule, now, cancel);
            return;
        }

        if (decision.Spec.Expires <= now) return;
        var entries = decision.Readings.Select(r => (Reading: r, Levels: BudgetLevels.Entry(rule.When, r))).Select(e => (e.Reading, e.Levels, Holds: BudgetLevels.All(e.Levels))).ToList();
        bool? holds = entries.Any(e => e.Holds == true) ? true : entries.Any(e => e.Holds is null) ? null : false;
        var (clock, turn) = state.Clock.Look(holds, holds == true ? false : IsClear(decision), now, rule);
        // The worst first: it is the one that explains.
        var holding = entries.Where(e => e.Holds == true).OrderBy(e => e.Reading.BudgetLeft ?? 100).ToList();
        switch (turn)
        {
            case RuleTurn.Enter:
                Log.Entered(logger, decision.Policy, rule.Name, decision.Spec.DryRun ? "would act (dry run)" : "acts", string.Join("; ", holding.SelectMany(h => h.Levels).Select(l => l.Text)));
                await actor.EnterAsync(decision with { State = Begun(decision, clock, holding.Select(h => h.Reading), holding.SelectMany(h => h.Levels)) }, cancel);
                break;
            case RuleTurn.Leave:
                Log.Left(logger, decision.Policy, rule.Name);
                await actor.LeaveAsync(state with { Recovered = true }, $"Its exit criteria have held for {Core.Resources.Schema.Duration.Format(rule.Exit.After)}: {string.Join("; ", Now(decision))}", rule, now, cancel);
                break;
            default:
                await StayAsync(decision, clock, [.. holding.Select(h => h.Reading)], cancel);
                break;
        }
    }

    private async Task StayAsync(Decision decision, RuleClock clock, IReadOnlyList<BudgetReading> holding, CancellationToken cancel)
    {
        var state = decision.State;
        if (state.Phase == RulePhase.Active)
        {
            var joined = holding.Where(r => !state.Involved.Contains(r.Objective, StringComparer.Ordinal)).ToList();
            if (joined.Count > 0)
            {
                state = state with
                {
                    Involved = [.. state.Involved, .. joined.Select(r => r.Objective)],
                    Services = [.. state.Services.Union(joined.Select(r => r.Service).Where(s => s.Length > 0), StringComparer.Ordinal)],
                    // Services that joined are frozen, too; those that are, or were and a person ended it, stay as they are.
                    Actions = [.. state.Actions.Select(a => a is { Type: FreezeAct.Freeze, State: "done" or "refused" } && !state.DryRun ? a with { State = "planned" } : a)],
                };
            }
        }

        if (state.Clock != clock || state != decision.State) state = await rules.WriteAsync(state with { Clock = clock }, cancel);
        if (state is { Phase: RulePhase.Active, DryRun: false }) await actor.CarryOnAsync(decision with { State = state }, cancel);
    }

    private static RuleState Begun(Decision decision, RuleClock clock, IEnumerable<BudgetReading> holding, IEnumerable<PolicyLevel> levels)
    {
        var objectives = holding.ToList();
        return decision.State with
        {
            Phase = RulePhase.Active,
            Clock = clock,
            Activation = string.Create(CultureInfo.InvariantCulture, $"pol_{decision.Policy}_{decision.Rule.Name}_{decision.Now.ToUnixTimeSeconds()}"),
            Involved = [.. objectives.Select(r => r.Objective)],
            Services = [.. objectives.Select(r => r.Service).Where(s => s.Length > 0).Distinct(StringComparer.Ordinal)],
            DryRun = decision.Spec.DryRun,
            Why = [.. levels.Take(MostReasons).Select(l => l.Text)],
            LeftBecause = "",
            Recovered = false,
            Escalated = false,
            Targets = string.Join(',', decision.Spec.Rules.SelectMany(r => r.Actions).OfType<NotifyActionConfig>().SelectMany(n => n.Targets).Distinct(StringComparer.Ordinal)),
        };
    }

    // An objective that is gone keeps nobody from leaving.
    private static bool? IsClear(Decision decision)
    {
        bool? clear = true;
        foreach (var reading in decision.Readings.Where(r => decision.State.Involved.Contains(r.Objective, StringComparer.Ordinal)))
        {
            var own = BudgetLevels.IsClear(decision.Rule, reading);
            if (own == false) return false;
            if (own is null) clear = null;
        }

        return clear;
    }

    private static IEnumerable<string> Now(Decision decision) => decision.Readings.Where(r => decision.State.Involved.Contains(r.Objective, StringComparer.Ordinal))
        .SelectMany(r => BudgetLevels.Entry(decision.Rule.When, r).Concat(BudgetLevels.Exit(decision.Rule, r))).Take(MostReasons).Select(l => l.Text);

    private static string? Stop(Decision decision) =>
        decision.Spec.Expires <= decision.Now ? "The policy has expired."
        : decision.Spec.DryRun == decision.State.DryRun ? null
        : decision.Spec.DryRun ? "The policy became a dry run." : "The policy is no dry run any more.";

    private async Task GuardAsync(RuleState state, Func<Task> look, CancellationToken cancel)
    {
        try
        {
            await look();
            health.Well(state.Id);
        }
        catch (RuleChangedException changed)
        {
            Log.Changed(logger, changed.Message);
        }
        catch (Exception error) when (error is not StateUnavailableException && !cancel.IsCancellationRequested)
        {
            health.Unwell(state.Id, error.Message);
            Log.Failed(logger, state.Policy, state.Rule, error.Message, error);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4100, LogLevel.Warning, "Error budget policy {Policy}, rule {Rule}, {Acts}: {Why}")]
        public static partial void Entered(ILogger logger, string policy, string rule, string acts, string why);

        [LoggerMessage(4101, LogLevel.Information, "Error budget policy {Policy}, rule {Rule}: what it did is taken back")]
        public static partial void Left(ILogger logger, string policy, string rule);

        [LoggerMessage(4102, LogLevel.Information, "{Reason}")]
        public static partial void Changed(ILogger logger, string reason);

        [LoggerMessage(4103, LogLevel.Error, "Error budget policy {Policy}, rule {Rule}, could not be looked at, and is again at the next tick: {Reason}")]
        public static partial void Failed(ILogger logger, string policy, string rule, string reason, Exception error);
    }
}
