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
    public static JsonObject Patch(RolloutPlan plan, int share) => new() { ["spec"] = new JsonObject { ["split"] = SplitJson.Of(With(plan, share)) } };

    /// <summary>The branches in their order.</summary>
    public static IReadOnlyList<SplitConfig> With(RolloutPlan plan, int share)
    {
        var others = plan.Split.Where(b => plan.LabelOf(b) != plan.Config.Canary).ToList();
        long sum = others.Sum(b => (long)b.Weight);
        var rest = Whole - (share * Whole / 100);
        return [.. plan.Split.Select(b => b with { Weight = plan.LabelOf(b) == plan.Config.Canary ? Whole - rest : sum == 0 ? rest / others.Count : (int)(rest * (long)b.Weight / sum) })];
    }

    /// <summary>True when a route gives all its calls to a version.</summary>
    public static bool HasAll(RouteConfig? route, string version) => route is { Split.Count: > 0 }
        ? route.Split.All(b => b.Weight == 0 || (b.Version ?? route.Version) == version) && route.Split.Any(b => b.Weight > 0)
        : route is { Service: not null } && route.Version == version;

    /// <summary>True when two splits say the same.</summary>
    public static bool Same(IReadOnlyList<SplitConfig> one, IReadOnlyList<SplitConfig> other) => JsonSerializer.Serialize(one, ApiJson.Options) == JsonSerializer.Serialize(other, ApiJson.Options);
}
