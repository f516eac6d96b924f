using Tidegate.Core.Resources.Routes;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Prompts.Rules;

/// <summary>A route leads to every prompt.</summary>
internal sealed class PromptRouteRule : DocumentRule
{
    public override void Check(DocumentScope scope)
    {
        if (!scope.IsComplete || !scope.Document.OfKind<PromptConfig>().Any()) return;
        var routes = scope.Document.Routes.Where(r => r.Spec.Models is not null)
            .Select(r => PathTemplate.TryParse(r.Spec.Match.Path, out var template, out _) ? template : null).OfType<PathTemplate>().ToList();
        foreach (var prompt in scope.Document.OfKind<PromptConfig>())
        {
            var path = PromptPath.Of(prompt.Metadata.Name, prompt.Spec);
            if (!routes.Exists(route => Takes(route, path)))
                scope.Of(prompt).Warning("no_route", "spec.path", $"No route with models takes {path}: nobody can call it. Give a Route a match.path that does.");
        }
    }

    private static bool Takes(PathTemplate route, string path)
    {
        var parts = path[1..].Split('/');
        for (var i = 0; i < route.Segments.Count; i++)
        {
            var segment = route.Segments[i];
            if (segment.Kind == PathSegmentKind.CatchAll) return true;
            if (i >= parts.Length || (segment.Kind == PathSegmentKind.Literal && segment.Text != parts[i])) return false;
        }

        return parts.Length == route.Segments.Count;
    }
}
