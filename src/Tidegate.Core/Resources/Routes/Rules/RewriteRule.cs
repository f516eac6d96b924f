using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Routes.Rules;

/// <summary>A rewrite makes a path, from parameters that exist.</summary>
internal sealed class RewriteRule : ResourceRule<RouteConfig>
{
    public override void Check(RouteConfig spec, ResourceScope scope)
    {
        var rewrite = spec.Rewrite;
        if (rewrite.Path is not null && (rewrite.StripPrefix is not null || rewrite.AddPrefix is not null))
            scope.Error("at_most_one", "spec.rewrite", "Give either path, or stripPrefix and addPrefix.");
        PatternCheck.Run(rewrite.Path, spec.Match.Path, "spec.rewrite.path", scope);
        Prefix(rewrite.StripPrefix, "spec.rewrite.stripPrefix", scope);
        Prefix(rewrite.AddPrefix, "spec.rewrite.addPrefix", scope);
        if (rewrite.StripPrefix is { } strip && strip.StartsWith('/') && PathTemplate.TryParse(spec.Match.Path, out var template, out _) && !MayBegin(template, strip))
            scope.Warning("never_reached", "spec.rewrite.stripPrefix", $"No path that matches {spec.Match.Path} begins with {strip}: nothing will be taken off.");
    }

    private static void Prefix(string? prefix, string path, ResourceScope scope)
    {
        if (prefix is null) return;
        if (!prefix.StartsWith('/')) scope.Error("bad_path", path, $"\"{prefix}\" must begin with a slash.");
        else if (prefix.Contains('{', StringComparison.Ordinal)) scope.Error("bad_path", path, "A prefix has no parameters: use rewrite.path.");
        else if (PathText.Problem(prefix) is { } problem) scope.Error("bad_path", path, problem);
    }

    private static bool MayBegin(PathTemplate template, string prefix)
    {
        var parts = prefix.Trim('/').Split('/');
        for (int i = 0; i < parts.Length; i++)
        {
            if (i >= template.Segments.Count) return false;
            var segment = template.Segments[i];
            if (segment.Kind == PathSegmentKind.CatchAll) return true;
            if (segment.Kind == PathSegmentKind.Literal && segment.Text != parts[i]) return false;
        }

        return true;
    }
}
