using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Core.Resources.Routes;
using Tidegate.Insight.Objectives;
using Tidegate.Operations.Delivery.Canary;

namespace Tidegate.Operations.Delivery.Rollouts;

/// <summary>What becomes of a rollout next: one look at its calls and at the alerts that fire.</summary>
internal sealed class RolloutJudge(CanaryCalls calls, CanaryShare share, AlertStore alerts, RolloutNode node, TimeProvider time)
{
    private const int MostAlerts = 1000;
    private const double MostOfIt = 0.5;

    /// <summary>The rollout after the look, and the word of what happened; null when nothing but figures changed.</summary>
    public async Task<(RolloutFile File, string? What)> LookAsync(RolloutFile file, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (await BlamingAsync(file, cancel) is { } alert)
            return (RolloutTurns.To(file, RolloutState.RolledBack, 0, RolloutTurns.Itself, $"The page {alert.Id} names {file.Rollout.Canary}: {alert.Summary}", now), "rolled_back");
        // Nothing is left to compare with: time and pages decide.
        if (file.Rollout.Share == 100) return LastStep(file, now);
        // Another node has seen other calls.
        if (file.Plan.Node != node.Name) file = file with { Plan = file.Plan with { Node = node.Name, Evidence = new CanaryEvidence(), Since = file.Plan.Node.Length == 0 ? file.Plan.Since : now } };
        var terms = CanaryTerms.Of(file.Plan.Config);
        var evidence = await calls.LookAsync(file.Rollout, file.Plan, terms, cancel);
        var report = share.On(CanaryJudge.Judge(evidence, terms, now), file.Plan.Split.Select(b => b.Service).Distinct(StringComparer.Ordinal));
        file = file with { Plan = file.Plan with { Evidence = evidence }, Rollout = file.Rollout with { Report = report } };
        return report.Verdict == CanaryVerdict.Fail
            ? (RolloutTurns.To(file, RolloutState.RolledBack, 0, RolloutTurns.Itself, report.Summary, now), "rolled_back")
            : file.Rollout.State == RolloutState.Running ? Next(file, report, now) : (file, null);
    }

    private static (RolloutFile File, string? What) Next(RolloutFile file, CanaryReport report, DateTimeOffset now)
    {
        var onStep = now - file.Rollout.StepStartedAt;
        if (report.Verdict == CanaryVerdict.Pass && onStep >= file.Plan.Config.StepTime)
            return (RolloutTurns.ToStep(file, file.Rollout.Step + 1, RolloutTurns.Itself, report.Summary, now), "stepped");
        if (onStep < file.Plan.Config.StepLimit) return (file, null);
        var why = $"It was not decided in time. {report.Summary}";
        return file.Plan.Config.Undecided == RolloutUndecided.RollBack
            ? (RolloutTurns.To(file, RolloutState.RolledBack, 0, RolloutTurns.Itself, why, now), "rolled_back")
            : (RolloutTurns.To(file, RolloutState.Paused, file.Rollout.Share, RolloutTurns.Itself, why, now), "paused");
    }

    private static (RolloutFile File, string? What) LastStep(RolloutFile file, DateTimeOffset now) =>
        file.Rollout.State == RolloutState.Running && now - file.Rollout.StepStartedAt >= file.Plan.Config.StepTime
            ? (RolloutTurns.To(file, RolloutState.Promoted, 100, RolloutTurns.Itself, "It passed every step and has all calls, and no page named it.", now), "promoted")
            : (file, null);

    private async Task<Alert?> BlamingAsync(RolloutFile file, CancellationToken cancel) =>
        (await alerts.ListAsync(all: false, null, MostAlerts, cancel)).FirstOrDefault(a => a.Severity == AlertSeverity.Page && a.FiredAt >= file.Rollout.StartedAt && Blames(a, file));

    // Labels such as v2 are common: the alert must be about a service of the split, or name the route or the service as well.
    private static bool Blames(Alert alert, RolloutFile file)
    {
        var found = alert.Evidence?.Contributors ?? [];
        if (!found.Any(c => c is { Dimension: "version", Share: >= MostOfIt } && c.Value == file.Rollout.Canary)) return false;
        return file.Plan.Split.Any(b => b.Service == alert.Service) || found.Any(c => (c.Dimension == "route" && c.Value == file.Rollout.Route) || (c.Dimension == "service" && c.Value == file.Rollout.Service));
    }
}
