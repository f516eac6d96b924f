using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Routes.Rules;

/// <summary>Methods are method names.</summary>
internal sealed class MethodRule : ResourceRule<RouteConfig>
{
    public override void Check(RouteConfig spec, ResourceScope scope)
    {
        HashSet<string>? seen = spec.Match.Methods.Count > 1 ? new(StringComparer.Ordinal) : null;
        for (int i = 0; i < spec.Match.Methods.Count; i++)
        {
            var method = spec.Match.Methods[i];
            if (!HttpSyntax.IsToken(method)) scope.Error("bad_method", $"spec.match.methods[{i}]", $"\"{method}\" is no legal method.");
            else if (method.AsSpan().ContainsAnyInRange('a', 'z')) scope.Error("bad_method", $"spec.match.methods[{i}]", $"Methods are case-sensitive: write \"{method.ToUpperInvariant()}\".");
            else if (seen?.Add(method) == false) scope.Warning("duplicate_method", $"spec.match.methods[{i}]", $"\"{method}\" stands here twice.");
        }
    }
}
