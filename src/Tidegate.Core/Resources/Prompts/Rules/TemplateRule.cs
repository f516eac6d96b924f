using Tidegate.Core.Prompts;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Prompts.Rules;

/// <summary>Templates can be rendered, with the variables there are; and no variable is asked for in vain.</summary>
internal sealed class TemplateRule : ResourceRule<PromptConfig>
{
    public override void Check(PromptConfig spec, ResourceScope scope)
    {
        for (var i = 0; i < spec.Versions.Count; i++)
        {
            var version = spec.Versions[i];
            var names = version.Variables.Select(v => v.Name).ToHashSet(StringComparer.Ordinal);
            var used = new HashSet<string>(StringComparer.Ordinal);
            var broken = false;
            for (var m = 0; m < version.Messages.Count; m++)
            {
                var problems = new List<TemplateProblem>();
                if (PromptTemplate.Parse(version.Messages[m].Template, names, problems) is { } template) used.UnionWith(template.Names);
                else broken = true;
                foreach (var problem in problems) scope.Error(problem.Code, $"spec.versions[{i}].messages[{m}].template", problem.ToString());
            }

            for (var v = 0; v < version.Variables.Count && !broken; v++)
            {
                if (!used.Contains(version.Variables[v].Name))
                    scope.Warning("unused_variable", $"spec.versions[{i}].variables[{v}]", $"No template uses \"{version.Variables[v].Name}\": callers give it in vain.");
            }
        }
    }
}
