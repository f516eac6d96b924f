using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Routes.Rules;

/// <summary>Methods are method names.</summary>
internal sealed class MethodRule : ResourceRule<RouteConfig>
{
    public override void Check(RouteConfig spec, ResourceScope scope)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < spec.Match.Methods.Count; i++)
        {
            var method = spec.Match.Methods[i];
            var path = $"spec.match.methods[{i}]";
            if (!HttpSyntax.IsToken(method)) scope.Error("bad_method", path, $"\"{method}\" is no legal method.");
            else if (method.Any(char.IsAsciiLetterLower)) scope.Error("bad_method", path, $"Methods are case-sensitive: write \"{method.ToUpperInvariant()}\".");
            else if (!seen.Add(method)) scope.Warning("duplicate_method", path, $"\"{method}\" stands here twice.");
        }
    }
}
