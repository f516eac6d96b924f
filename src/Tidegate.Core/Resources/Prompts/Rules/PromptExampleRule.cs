using Tidegate.Core.Prompts;
using Tidegate.Core.Prompts.Variables;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Prompts.Rules;

/// <summary>Examples are calls that would be taken.</summary>
internal sealed class PromptExampleRule : ResourceRule<PromptConfig>
{
    public override void Check(PromptConfig spec, ResourceScope scope)
    {
        for (var i = 0; i < spec.Versions.Count; i++)
        {
            var version = spec.Versions[i];
            if (version.Examples.Count == 0 || version.Variables.Any(v => v.Pattern is { } pattern && VariablePattern.Problem(pattern) is not null)) continue;
            var variables = new PromptVariables(version.Variables);
            var seen = new HashSet<string>(StringComparer.Ordinal);
            for (var e = 0; e < version.Examples.Count; e++)
            {
                var (example, path) = (version.Examples[e], $"spec.versions[{i}].examples[{e}]");
                if (!MetadataRule.IsName(example.Name)) scope.Error("bad_name", $"{path}.name", "An example's name has small letters, digits, '-', '_' and '.', beginning with a letter or digit.");
                else if (!seen.Add(example.Name)) scope.Error("duplicate_example", $"{path}.name", $"There is an example \"{example.Name}\" already.");
                var problems = new List<VariableProblem>();
                variables.Read(example.Variables, problems);
                foreach (var problem in problems) scope.Error("bad_example", $"{path}.variables", problem.Name.Length == 0 ? problem.Message : $"{problem.Name}: {problem.Message}");
            }
        }
    }
}
