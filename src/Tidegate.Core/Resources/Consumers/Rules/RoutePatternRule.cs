using Tidegate.Core.Resources.Rules;
using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Core.Resources.Consumers.Rules;

/// <summary>Patterns of routes are well-formed and match something.</summary>
internal sealed class RoutePatternRule : ResourceRule<ConsumerConfig>
{
    public override void Check(ConsumerConfig spec, ResourceScope scope)
    {
        for (int i = 0; i < spec.Routes.Count; i++)
        {
            var (pattern, path) = (spec.Routes[i], $"spec.routes[{i}]");
            int star = pattern.IndexOf('*', StringComparison.Ordinal);
            if (star >= 0 && star != pattern.Length - 1)
            {
                scope.Error("bad_pattern", path, $"\"{pattern}\": '*' may only be the last character.");
                continue;
            }

            if (!scope.DocumentIsComplete || scope.Document.Routes.Any(r => Matches(pattern, r.Metadata.Name))) continue;
            scope.Warning("matches_nothing", path, $"No route is called \"{pattern}\".{Suggestion.For(pattern, scope.Document.Routes.Select(r => r.Metadata.Name))}");
        }
    }

    private static bool Matches(string pattern, string name) =>
        pattern.EndsWith('*') ? name.StartsWith(pattern[..^1], StringComparison.Ordinal) : string.Equals(name, pattern, StringComparison.Ordinal);
}
