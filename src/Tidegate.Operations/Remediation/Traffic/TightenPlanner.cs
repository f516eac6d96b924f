using System.Text.Json.Nodes;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Consumers;
using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Actions;
using Tidegate.Core.Resources.Routes;
using Tidegate.Core.Resources.Writing;
using Tidegate.Insight.CallLog;
using Tidegate.Insight.Objectives;

namespace Tidegate.Operations.Remediation.Traffic;

/// <summary><c>tighten</c>: only whoever has most of the bad calls, and only if that is as much as the action says.</summary>
internal sealed class TightenPlanner(ObjectiveReader objectives) : ITrafficPlanner
{
    private const string What = "tighter limits for the consumer that burns most";

    public Type Settings => typeof(TightenActionConfig);

    public async Task<TrafficPlan> PlanAsync(TrafficActionConfig action, TrafficQuestion question, CancellationToken cancel)
    {
        try
        {
            return Plan((TightenActionConfig)action, question.Document, await objectives.BadByAsync(question.Objective, "consumer", question.From, question.Until, cancel));
        }
        catch (CallLogUnavailableException unavailable)
        {
            return TrafficPlan.Refused(What, $"The call log cannot be asked who burns: {unavailable.Message}");
        }
    }

    /// <summary>What is changed where consumers have these shares of the bad calls, most first.</summary>
    internal static TrafficPlan Plan(TightenActionConfig tighten, ConfigDocument document, IReadOnlyList<(string Value, double Share)> bad)
    {
        if (bad.Count == 0) return TrafficPlan.Refused(What, "The call log has no bad calls of the objective.");
        var (name, share) = bad[0];
        var percent = FormattableString.Invariant($"{Math.Round(share * 100, 1):0.#} %");
        if (share < tighten.MinShare) return TrafficPlan.Refused(What, FormattableString.Invariant($"Nobody has {tighten.MinShare * 100:0.#} % of the bad calls: {(name.Length > 0 ? name : "anonymous callers")}, with most, have {percent}."));
        if (document.Find($"Consumer/{name}") is not Resource<ConsumerConfig> consumer)
            return TrafficPlan.Refused(What, name.Length == 0 ? $"{percent} of the bad calls are anonymous." : $"{name} has {percent} of the bad calls, and there is no Consumer/{name}.");
        var limits = consumer.Spec.Limits.Count > 0 ? consumer.Spec.Limits : LimitsOf(tighten.Routes, document);
        if (limits.Count == 0) return TrafficPlan.Refused(What, $"{name} has {percent} of the bad calls, and neither it nor the routes have limits that could be tightened.");
        var tightened = consumer with { Spec = consumer.Spec with { Limits = [.. limits.Select(l => Tighten(l, tighten.Factor))] } };
        var written = JsonNode.Parse(DocumentWriter.Canonical(tightened))!["spec"]!["limits"]!.DeepClone();
        return TrafficPlan.Of(FormattableString.Invariant($"limits of Consumer/{name} at {tighten.Factor * 100:0.#} %: it has {percent} of the bad calls"), (consumer.Id, new JsonObject { ["limits"] = written }));
    }

    private static List<LimitConfig> LimitsOf(IEnumerable<string> routes, ConfigDocument document) =>
        [.. routes.Select(r => document.Find($"Route/{r}")).OfType<Resource<RouteConfig>>().SelectMany(r => r.Spec.Limits.Where(l => l.By == LimitKey.Consumer).Select((l, i) => l with { Name = $"{r.Metadata.Name}-{l.Name ?? $"limit-{i + 1}"}" }))];

    private static LimitConfig Tighten(LimitConfig limit, double factor) => limit with
    {
        Calls = Math.Max(1, (int)(limit.Calls * factor)),
        Burst = limit.Burst == 0 ? 0 : Math.Max(1, (int)(limit.Burst * factor)),
    };
}
