using System.Text.Json.Nodes;
using Tidegate.Core.Resources.Routes;

namespace Tidegate.Operations.Delivery;

/// <summary>A split as merge patches of routes write it.</summary>
internal static class SplitJson
{
    /// <summary>The branches in their order.</summary>
    public static JsonArray Of(IEnumerable<SplitConfig> branches)
    {
        var split = new JsonArray();
        foreach (var branch in branches)
        {
            var node = new JsonObject { ["service"] = branch.Service, ["weight"] = branch.Weight };
            if (branch.Version is { } version) node["version"] = version;
            split.Add(node);
        }

        return split;
    }
}
