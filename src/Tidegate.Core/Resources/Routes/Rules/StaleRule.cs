using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Routes.Rules;

/// <summary>Answers are kept where services give them, and where one fits among them.</summary>
internal sealed class StaleRule : ResourceRule<RouteConfig>
{
    public override void Check(RouteConfig spec, ResourceScope scope)
    {
        if (spec.Stale is not { } stale) return;
        if (WhyNot(spec) is { } reason) scope.Error("not_possible", "spec.stale", reason);
        if (stale.MaxBody > stale.MaxBytes) scope.Error("out_of_range", "spec.stale.maxBody", $"A body of {stale.MaxBody} bytes does not fit among kept answers of {stale.MaxBytes} bytes: give maxBody at most maxBytes.");
        if (spec.Match.Methods.Count > 0 && !spec.Match.Methods.Contains("GET", StringComparer.OrdinalIgnoreCase))
            scope.Warning("no_effect", "spec.stale", $"Only answers to GET are kept, and the route takes {string.Join(", ", spec.Match.Methods)}: nothing will be kept.");
    }

    private static string? WhyNot(RouteConfig spec)
    {
        if (spec.Models is not null) return "The route serves models, whose calls have bodies: take stale out, and give the Models a cache.";
        if (spec.Redirect is not null) return "The route answers with a redirect, which no service can fail to give: take stale out.";
        return spec.Respond is not null ? "The route answers with a fixed text, which no service can fail to give: take stale out." : null;
    }
}
