using Tidegate.Core.Calls;
using Tidegate.Insight.CallLog;
using Tidegate.Operations.Delivery.Canary;

namespace Tidegate.Operations.Delivery.Rollouts;

/// <summary>Calls of a canary and its baseline, as this node's call log has them.</summary>
internal sealed class CanaryCalls(CallStore calls)
{
    private const int MostVersions = 1000;

    /// <summary>The evidence with all calls of the step, those that ended late included.</summary>
    /// <exception cref="CallLogUnavailableException">The call log cannot be asked.</exception>
    public async Task<CanaryEvidence> LookAsync(Rollout rollout, RolloutPlan plan, CanaryTerms terms, CancellationToken cancel)
    {
        var ok = await CountAsync(rollout, plan, [CallOutcome.Ok.Word()], cancel);
        var failed = await CountAsync(rollout, plan, CallOutcomes.ServiceFailures, cancel);
        var refused = await CountAsync(rollout, plan, [CallOutcome.ClientError.Word()], cancel);
        CanaryCounts Of(IEnumerable<string> labels) => new(labels.Sum(l => ok.GetValueOrDefault(l)), labels.Sum(l => failed.GetValueOrDefault(l)), labels.Sum(l => refused.GetValueOrDefault(l)));
        var canary = Of([rollout.Canary]);
        var evidence = plan.Evidence.At(Of(plan.Baselines), canary);
        if (!evidence.Latency.IsDue(canary.Ok)) return evidence;
        var latency = evidence.Latency.Look(await SampleAsync(rollout, plan, plan.Baselines, cancel), await SampleAsync(rollout, plan, [rollout.Canary], cancel), canary.Ok, terms.FalseAlarms);
        return evidence with { Latency = latency };
    }

    private async Task<Dictionary<string, long>> CountAsync(Rollout rollout, RolloutPlan plan, IReadOnlyList<string> outcomes, CancellationToken cancel) =>
        (await calls.TopAsync(new CallTopQuery { From = plan.Since, Filter = Filter(rollout, outcomes), By = "version", Limit = MostVersions }, cancel)).ToDictionary(r => r.Key, r => r.Numbers.Count, StringComparer.Ordinal);

    private Task<IReadOnlyList<long>> SampleAsync(Rollout rollout, RolloutPlan plan, IReadOnlyList<string> labels, CancellationToken cancel) =>
        calls.SampleAsync(new CallSampleQuery { From = plan.Since, Filter = Filter(rollout, [CallOutcome.Ok.Word()]).And(CallFilter.Is("version", labels)) }, cancel);

    private static CallFilter Filter(Rollout rollout, IReadOnlyList<string> outcomes) => CallFilter.Is("route", [rollout.Route]).And(CallFilter.Is("outcome", outcomes));
}
