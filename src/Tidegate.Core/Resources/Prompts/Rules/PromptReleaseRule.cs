using Tidegate.Core.Resources.Rules;
using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Core.Resources.Prompts.Rules;

/// <summary>The version released is one of those there are, and no two have the same name.</summary>
internal sealed class PromptReleaseRule : ResourceRule<PromptConfig>
{
    public override void Check(PromptConfig spec, ResourceScope scope)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < spec.Versions.Count; i++)
        {
            var version = spec.Versions[i];
            if (!MetadataRule.IsName(version.Version))
                scope.Error("bad_name", $"spec.versions[{i}].version", "A version's name has small letters, digits, '-', '_' and '.', beginning with a letter or digit.");
            else if (!seen.Add(version.Version))
                scope.Error("duplicate_version", $"spec.versions[{i}].version", $"There is a version \"{version.Version}\" already: give this one another name.");
            if (version.Canary is not null && version.Version == spec.Release)
                scope.Warning("unused", $"spec.versions[{i}].canary", "This version is released, and gets all calls the canaries leave: remove the key.");
        }

        if (!seen.Contains(spec.Release))
            scope.Error("unknown_version", "spec.release", $"There is no version \"{spec.Release}\".{Suggestion.For(spec.Release, seen)} There are: {string.Join(", ", seen)}.");
        if (spec.Versions.Where(v => v.Version != spec.Release).Sum(v => v.Canary ?? 0) > 1)
            scope.Error("too_much", "spec.versions", "The canaries' shares add up to more than 1: nothing is left for the version released.");
    }
}
