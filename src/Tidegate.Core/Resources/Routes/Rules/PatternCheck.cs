using Tidegate.Core.Resources.Rules;
using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Core.Resources.Routes.Rules;

/// <summary>A path pattern can be parsed and uses parameters of the route's path only.</summary>
internal static class PatternCheck
{
    public static void Run(string? pattern, string match, string path, ResourceScope scope)
    {
        if (pattern is null) return;
        if (!PathPattern.TryParse(pattern, out var parsed, out var error))
        {
            scope.Error("bad_path", path, error);
            return;
        }

        if (!PathTemplate.TryParse(match, out var template, out _)) return; // reported at match.path
        var known = template.Parameters.ToList();
        foreach (var name in parsed.Parameters.Where(name => !known.Contains(name, StringComparer.Ordinal)))
        {
            var legal = known.Count == 0 ? "it has none" : $"it has {string.Join(", ", known.Select(k => $"{{{k}}}"))}";
            scope.Error("unknown_parameter", path, $"match.path has no parameter {{{name}}}: {legal}.{Suggestion.For(name, known)}");
        }
    }
}
