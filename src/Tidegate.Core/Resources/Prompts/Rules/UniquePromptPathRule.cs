using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Prompts.Rules;

/// <summary>No two prompts are published at the same path.</summary>
internal sealed class UniquePromptPathRule : DocumentRule
{
    public override void Check(DocumentScope scope)
    {
        var taken = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var prompt in scope.Document.OfKind<PromptConfig>())
        {
            var path = PromptPath.Of(prompt.Metadata.Name, prompt.Spec);
            foreach (var one in prompt.Spec.Versions.Select(v => PromptPath.OfVersion(path, v.Version)).Prepend(path).Distinct(StringComparer.Ordinal))
            {
                if (taken.TryAdd(one, prompt.Id) || taken[one] == prompt.Id) continue;
                scope.Of(prompt).Error("duplicate_path", "spec.path", $"{taken[one]} is published at {one} already: give one of them another path.");
                break;
            }
        }
    }
}
