using Tidegate.Core.Prompts;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Prompts;
using Tidegate.Core.Resources.Writing;
using Tidegate.Gateway.Snapshot;

namespace Tidegate.Gateway.Models.Prompts;

/// <summary>Builds the prompts of a snapshot; those that say the same as before are kept.</summary>
internal static class PromptBuilder
{
    /// <summary>The table; what cannot be built is a finding.</summary>
    public static PromptTable Build(ConfigDocument document, PromptTable? previous, FindingList findings)
    {
        var old = (previous?.All ?? []).ToDictionary(p => p.Name, StringComparer.Ordinal);
        var prompts = new List<PromptModel>();
        foreach (var resource in document.OfKind<PromptConfig>())
        {
            var identity = DocumentWriter.Canonical(resource);
            if (old.GetValueOrDefault(resource.Metadata.Name) is { } known && known.Identity == identity) prompts.Add(known);
            else if (Prompt(resource, identity, findings) is { } prompt) prompts.Add(prompt);
        }

        return prompts.Count == 0 ? PromptTable.Empty : new PromptTable(prompts);
    }

    private static PromptModel? Prompt(Resource<PromptConfig> resource, string identity, FindingList findings)
    {
        var (name, config) = (resource.Metadata.Name, resource.Spec);
        var versions = new List<PromptVersionModel>();
        for (var i = 0; i < config.Versions.Count; i++)
        {
            var problems = new List<string>();
            if (PromptProgram.Of(config.Versions[i], problems) is { } program) versions.Add(new PromptVersionModel(name, config, config.Versions[i], program));
            foreach (var problem in problems) findings.Error(resource, "bad_template", $"spec.versions[{i}]", problem);
        }

        if (versions.Exists(v => v.Config.Version == config.Release)) return new PromptModel(name, config, identity, versions);
        if (versions.Count == config.Versions.Count) findings.Error(resource, "unknown_version", "spec.release", $"There is no version \"{config.Release}\".");
        return null;
    }
}
