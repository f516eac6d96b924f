using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Routes.Rules;

/// <summary>A split divides something among different branches.</summary>
internal sealed class SplitRule : ResourceRule<RouteConfig>
{
    public override void Check(RouteConfig spec, ResourceScope scope)
    {
        if (spec.Split.Count == 0) return;
        if (spec.Split.All(b => b.Weight == 0)) scope.Error("no_weight", "spec.split", "Every branch has weight 0: give at least one a share.");
        var seen = new HashSet<(string, string?)>();
        for (int i = 0; i < spec.Split.Count; i++)
        {
            var branch = spec.Split[i];
            if (!seen.Add((branch.Service, branch.Version)))
                scope.Error("duplicate_branch", $"spec.split[{i}]", $"The split names {branch.Service}{(branch.Version is null ? "" : " " + branch.Version)} twice: add the weights up.");
            if (branch.Version is { } version && !LabelWord.IsLegal(version)) scope.Error("bad_name", $"spec.split[{i}].version", LabelWord.Problem(version));
        }
    }
}
