using System.Text.Json;
using System.Text.Json.Nodes;
using Tidegate.Core.Resources.Routes;
using Tidegate.Platform.Hosting;

namespace Tidegate.Operations.Delivery.Rollouts;

/// <summary>The split of a route with a share for the canary; the others divide the rest as they did.</summary>
internal static class SplitShares
{
    // Weights go up to 65,535: percentages of percentages are exact.
    private const int Whole = 10_000;

    /// <summary>The merge patch of the route.</summary>
    public static JsonObject Patch(RolloutPlan plan, int share)
    {
        var split = new JsonArray();
        foreach (var branch in With(plan, share))
        {
            var node = new JsonObject { ["service"] = branch.Service, ["weight"] = branch.Weight };
            if (branch.Version is { } version) node["version"] = version;
            split.Add(node);
        }

        return new JsonObject { ["spec"] = new JsonObject { ["split"] = split } };
    }

    /// <summary>The branches in their order.</summary>
    public static IReadOnlyList<SplitConfig> With(RolloutPlan plan, int share)
    {
        var others = plan.Split.Where(b => plan.LabelOf(b) != plan.Config.Canary).ToList();
        long sum = others.Sum(b => (long)b.Weight);
        var rest = Whole - (share * Whole / 100);
        return [.. plan.Split.Select(b => b with { Weight = plan.LabelOf(b) == plan.Config.Canary ? Whole - rest : sum == 0 ? rest / others.Count : (int)(rest * (long)b.Weight / sum) })];
    }

    /// <summary>True when two splits say the same.</summary>
    public static bool Same(IReadOnlyList<SplitConfig> one, IReadOnlyList<SplitConfig> other) => JsonSerializer.Serialize(one, ApiJson.Options) == JsonSerializer.Serialize(other, ApiJson.Options);
}
