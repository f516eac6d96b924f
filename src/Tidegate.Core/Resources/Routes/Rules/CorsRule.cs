using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Routes.Rules;

/// <summary>Cross-origin rules are ones browsers accept.</summary>
internal sealed class CorsRule : ResourceRule<RouteConfig>
{
    public override void Check(RouteConfig spec, ResourceScope scope)
    {
        if (spec.Cors is not { } cors) return;
        for (int i = 0; i < cors.Origins.Count; i++)
        {
            if (cors.Origins[i] == "*")
            {
                if (cors.Credentials)
                    scope.Error("cors_any_with_credentials", "spec.cors.credentials", "Browsers refuse credentials together with the origin *: name the origins.");
            }
            else if (!IsOrigin(cors.Origins[i]))
            {
                scope.Error("bad_origin", $"spec.cors.origins[{i}]", $"\"{cors.Origins[i]}\" is no origin: write scheme://host or scheme://host:port, without a path, or *.");
            }
        }

        Tokens(cors.Methods, "spec.cors.methods", "method", scope);
        Tokens(cors.Headers, "spec.cors.headers", "header name", scope);
        Tokens(cors.ExposeHeaders, "spec.cors.exposeHeaders", "header name", scope);
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Host.Length > 0 && text.Contains("://", StringComparison.Ordinal)
        && uri.UserInfo.Length == 0 && text.AsSpan(text.IndexOf("://", StringComparison.Ordinal) + 3).IndexOfAny('/', '?', '#') < 0;

    private static void Tokens(IReadOnlyList<string> words, string path, string what, ResourceScope scope)
    {
        for (int i = 0; i < words.Count; i++)
        {
            if (!HttpSyntax.IsToken(words[i])) scope.Error("bad_name", $"{path}[{i}]", $"\"{words[i]}\" is no legal {what}.");
        }
    }
}
