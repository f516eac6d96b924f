using Tidegate.Core.Prompts.Variables;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Prompts.Rules;

/// <summary>Variables can be told apart, and what is said of their values belongs to their type.</summary>
internal sealed class VariableRule : ResourceRule<PromptConfig>
{
    // Words of the template language and of requests.
    private static readonly HashSet<string> Taken = new(StringComparer.Ordinal)
    {
        "stream", "forloop", "true", "false", "nil", "null", "empty", "blank", "and", "or", "not", "contains", "startswith", "endswith", "in", "reversed", "limit", "offset",
    };

    public override void Check(PromptConfig spec, ResourceScope scope)
    {
        for (var i = 0; i < spec.Versions.Count; i++)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            for (var v = 0; v < spec.Versions[i].Variables.Count; v++) Check(spec.Versions[i].Variables[v], $"spec.versions[{i}].variables[{v}]", seen, scope);
        }
    }

    private static void Check(VariableConfig variable, string path, HashSet<string> seen, ResourceScope scope)
    {
        var name = variable.Name;
        if (name.Length is 0 or > 64 || !(char.IsAsciiLetter(name[0]) || name[0] == '_') || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            scope.Error("bad_name", $"{path}.name", "A variable's name is a letter or _, then letters, digits and _, at most 64.");
        else if (Taken.Contains(name)) scope.Error("bad_name", $"{path}.name", $"\"{name}\" is a word of templates or requests: choose another name.");
        else if (!seen.Add(name)) scope.Error("duplicate_variable", $"{path}.name", $"There is a variable \"{name}\" already.");

        var (type, of) = (variable.Type, variable.Type == VariableType.Array ? variable.Items : variable.Type);
        if (of == VariableType.Enum && variable.Values.Count == 0) scope.Error("missing", $"{path}.values", "Give the legal values.");
        Unless(of == VariableType.Enum, variable.Values.Count > 0, "values", "enum");
        Unless(type is VariableType.Number or VariableType.Integer, variable.Minimum is not null, "minimum", "number or integer");
        Unless(type is VariableType.Number or VariableType.Integer, variable.Maximum is not null, "maximum", "number or integer");
        Unless(type == VariableType.String, variable.Pattern is not null, "pattern", "string");
        Unless(type == VariableType.Array, variable.Items is not null, "items", "array");
        if (variable.Minimum > variable.Maximum) scope.Error("empty_range", $"{path}.maximum", "maximum is below minimum: no value fits.");
        if (variable.Items is VariableType.Array) scope.Error("too_deep", $"{path}.items", "Lists of lists cannot be told apart further: leave items out.");
        if (variable.Pattern is { } pattern && VariablePattern.Problem(pattern) is { } problem) scope.Error("bad_regex", $"{path}.pattern", problem);
        else if (variable.Default is { } value && VariableModel.Of(variable).Problem(value) is { } wrong) scope.Error("bad_default", $"{path}.default", wrong);

        void Unless(bool fits, bool given, string key, string types)
        {
            if (given && !fits) scope.Warning("unused", $"{path}.{key}", $"Only variables of type {types} use \"{key}\".");
        }
    }
}
