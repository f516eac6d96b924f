using System.Collections.Frozen;
using System.Text.Json;
using Tidegate.Core.Prompts.Templates;
using Tidegate.Core.Prompts.Variables;
using Tidegate.Core.Resources.Prompts;
using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Core.Prompts;

/// <summary>The blanks of a prompt: which values calls may give. Immutable.</summary>
public sealed class PromptVariables
{
    private readonly VariableModel[] _all;
    private readonly FrozenDictionary<string, VariableModel> _byName;

    /// <summary>Makes them of what the document says. Patterns must be legal.</summary>
    public PromptVariables(IReadOnlyList<VariableConfig> variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        _all = [.. variables.DistinctBy(v => v.Name, StringComparer.Ordinal).Select(VariableModel.Of)];
        _byName = _all.ToFrozenDictionary(v => v.Config.Name, StringComparer.Ordinal);
    }

    /// <summary>The values of a call; null when something is wrong with them: then <paramref name="problems"/> says all of it.</summary>
    /// <param name="body">What the caller gave.</param>
    /// <param name="problems">What is wrong.</param>
    /// <param name="besides">A key of the body that is no variable; empty for none.</param>
    internal Dictionary<string, JsonElement>? Read(JsonElement body, ICollection<VariableProblem> problems, string besides = "")
    {
        var before = problems.Count;
        if (body.ValueKind != JsonValueKind.Object)
        {
            problems.Add(new VariableProblem("", "wrong_value", "Expected a JSON object with the variables."));
            return null;
        }

        var given = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in body.EnumerateObject())
        {
            var name = JsonValue.NameOf(property);
            if (besides.Length > 0 && name == besides) continue;
            if (!_byName.TryGetValue(name, out var variable)) problems.Add(Unknown(name));
            else if (property.Value.ValueKind == JsonValueKind.Null) continue; // as if it were not there
            else if (!given.TryAdd(name, property.Value)) problems.Add(new VariableProblem(name, "duplicate", "It is given twice."));
            else if (variable.Problem(property.Value) is { } wrong) problems.Add(new VariableProblem(name, "wrong_value", wrong));
        }

        foreach (var variable in _all)
        {
            var name = variable.Config.Name;
            if (given.ContainsKey(name) || problems.Any(p => p.Name == name)) continue;
            if (variable.Config.Default is { } value) given[name] = value;
            else if (variable.Config.Required) problems.Add(new VariableProblem(name, "missing", $"It is missing: give {variable.Expected}."));
        }

        return problems.Count > before ? null : given;
    }

    /// <summary>The same as templates see it.</summary>
    internal TemplateValues Values(Dictionary<string, JsonElement> given, TimeProvider time) => new(given, time);

    private VariableProblem Unknown(string name) => new(
        name.Length <= 100 ? name : name[..100],
        "unknown_variable",
        $"There is no such variable.{(name.Length <= 100 ? Suggestion.For(name, _byName.Keys) : "")} {(_all.Length == 0 ? "There are none." : $"There are {string.Join(", ", _all.Select(v => v.Config.Name))}.")}");
}
