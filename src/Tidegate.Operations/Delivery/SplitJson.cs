using System.Text.Json.Nodes;
using Tidegate.Core.Resources.Routes;

namespace Tidegate.Operations.Delivery;

/// <summary>A split as merge patches of routes write it.</summary>
internal static class SplitJson
{
    // Weights are made in hundredths of a percent.
    private const int Percent = 100;

    /// <summary>The branches in their order, with weights in percent where they are whole: people read them at night.</summary>
    public static JsonArray Of(IReadOnlyList<SplitConfig> branches)
    {
        var unit = branches.All(b => b.Weight % Percent == 0) ? Percent : 1;
        var split = new JsonArray();
        foreach (var branch in branches)
        {
            var node = new JsonObject { ["service"] = branch.Service, ["weight"] = branch.Weight / unit };
            if (branch.Version is { } version) node["version"] = version;
            split.Add(node);
        }

        return split;
    }
}
