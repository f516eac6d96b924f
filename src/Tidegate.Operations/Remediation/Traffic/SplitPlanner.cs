using System.Text.Json.Nodes;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Actions;
using Tidegate.Core.Resources.Routes;
using Tidegate.Operations.Delivery;

namespace Tidegate.Operations.Remediation.Traffic;

/// <summary><c>split</c>.</summary>
internal sealed class SplitPlanner : TrafficPlanner<SplitActionConfig>
{
    /// <summary>What moves less is no change.</summary>
    private const double Least = 0.01;

    protected override TrafficPlan Plan(SplitActionConfig action, TrafficQuestion question)
    {
        var what = $"split of Route/{action.Route}";
        if (question.Document.Find($"Route/{action.Route}") is not Resource<RouteConfig> { Spec: var route }) return TrafficPlan.Refused(what, $"There is no Route/{action.Route} any more.");
        var before = route.Split.Count > 0 ? route.Split : route.Service is { } service ? [new SplitConfig { Service = service, Version = route.Version }] : [];
        if (before.Count == 0) return TrafficPlan.Refused(what, $"Route/{action.Route} leads to no service and no split.");
        var shares = SplitShift.Of(before, action.Split, action.MaxShift, action.MinShare);
        if (shares.All(s => Math.Abs(s.After - s.Before) < Least))
        {
            var wanted = SplitShift.Of(before, action.Split, 100, 0);
            return TrafficPlan.Refused(what, wanted.All(s => Math.Abs(s.After - s.Before) < Least) ? TrafficPlan.IsSo : "Its bounds (maxShift, minShare) leave nothing to shift.");
        }

        var text = $"{what}: {string.Join(", ", shares.Select(s => FormattableString.Invariant($"{s.Branch.Version ?? s.Branch.Service} {Math.Round(s.Before, 2):0.##} % to {Math.Round(s.After, 2):0.##} %")))}";
        return TrafficPlan.Of(text, ($"Route/{action.Route}", new JsonObject { ["service"] = null, ["split"] = SplitJson.Of(SplitShift.Weights(shares)) }));
    }
}
