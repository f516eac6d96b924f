using Microsoft.AspNetCore.Http;

namespace Tidegate.Platform.Security.Access;

/// <summary>
/// Whether a request that changes something comes from a page of ours, by the two headers that scripts cannot forge. First of two locks against
/// cross-site requests; the second is the CSRF word. (SameSite=Strict on the cookie is the third, and depends on the browser.)
/// </summary>
internal static class SameOrigin
{
    public static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    /// <summary>Null when it may pass, else what is wrong.</summary>
    /// <param name="request">The request.</param>
    /// <param name="browser">It carries a cookie, so a browser sent it and must say where from.</param>
    public static string? Objection(HttpRequest request, bool browser)
    {
        var site = request.Headers["Sec-Fetch-Site"];
        var origin = request.Headers.Origin;
        if (site.Count > 0 && site is not ["same-origin"]) return $"It was sent by a page of another origin (Sec-Fetch-Site: {site}).";
        // Compared without the scheme: behind a proxy that ends TLS we see http where the browser sees https.
        if (origin.Count > 0 && !(origin is [{ } from] && Uri.TryCreate(from, UriKind.Absolute, out var uri) && SameHost(uri, request.Host)))
            return $"It was sent by a page of another origin (Origin: {origin}).";
        if (browser && site.Count == 0 && origin.Count == 0) return "It carries a session cookie but neither Origin nor Sec-Fetch-Site.";
        return null;
    }

    private static bool SameHost(Uri origin, HostString host) =>
        origin.Authority.Equals(host.Value, StringComparison.OrdinalIgnoreCase) || (origin.IsDefaultPort && $"{origin.Host}:{origin.Port}".Equals(host.Value, StringComparison.OrdinalIgnoreCase));
}
