using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Routes.Rules;

/// <summary>A redirect leads somewhere else, to a legal address.</summary>
internal sealed class RedirectRule : ResourceRule<RouteConfig>
{
    public override void Check(RouteConfig spec, ResourceScope scope)
    {
        if (spec.Redirect is not { } redirect) return;
        if (redirect.Scheme is null && redirect.Host is null && redirect.Path is null)
            scope.Error("redirect_loop", "spec.redirect", "The redirect leads to where the call came: give scheme, host or path.");
        if (redirect.Scheme is not (null or "http" or "https"))
            scope.Error("bad_word", "spec.redirect.scheme", $"\"{redirect.Scheme}\" is no legal scheme: http or https.");
        if (redirect.Host is { } host && !IsHostAndPort(host))
            scope.Error("bad_host", "spec.redirect.host", $"\"{host}\" is no legal host: write name or name:port.");
        PatternCheck.Run(redirect.Path, spec.Match.Path, "spec.redirect.path", scope);
    }

    private static bool IsHostAndPort(string text)
    {
        int colon = text.LastIndexOf(':');
        bool hasPort = colon > text.LastIndexOf(']');
        return HttpSyntax.IsHost(hasPort ? text[..colon] : text) && (!hasPort || (ushort.TryParse(text.AsSpan(colon + 1), out var port) && port > 0));
    }
}
