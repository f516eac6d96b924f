namespace Tidegate.Gateway.Request.Stale;

/// <summary>Which answers may be kept, for whom and for how long (RFC 9111, section 3, and stricter where the owner of the answer says so).</summary>
internal static class KeepRule
{
    /// <summary>Headers of request and answer allow it.</summary>
    /// <param name="call">The call.</param>
    /// <param name="upstream">Its answer, status 200 to GET.</param>
    /// <param name="most">Longest time by the document.</param>
    /// <param name="keepFor">How long it may be given again.</param>
    /// <param name="vary">Request headers it depends on.</param>
    /// <param name="everybodys">It may be given to all callers.</param>
    public static bool Allows(GatewayCall call, HttpResponseMessage upstream, TimeSpan most, out TimeSpan keepFor, out string[] vary, out bool everybodys)
    {
        (keepFor, vary, everybodys) = (most, [], false);
        var request = call.Http.Request.Headers;
        if (call.HasBody || request.Range.Count > 0 || (request.CacheControl.Count > 0 && CacheDirectives.Read(request.CacheControl.ToString()).NoStore)) return false;
        var headers = upstream.Headers.NonValidated;
        if (headers.Contains("Set-Cookie") || upstream.Content.Headers.NonValidated.Contains("Content-Range")) return false;
        if (IsEvents(upstream)) return false;
        var says = CacheDirectives.Read(KeptHeaders.Text(upstream, "Cache-Control"));
        // What must not be shown without asking for it first is of no use when nobody can be asked (section 4.2.4).
        if (says.NoStore || says.Private || says.NoCache) return false;
        if (VaryRule.Read(KeptHeaders.Text(upstream, "Vary")) is not { } names) return false;
        (vary, everybodys) = (names, says.Public);
        var fresh = says.SharedMaxAge ?? (says.MustRevalidate ? says.MaxAge ?? 0 : null);
        if (fresh is not { } seconds) return true;
        var left = TimeSpan.FromSeconds(seconds - KeptHeaders.Age(upstream));
        if (left < keepFor) keepFor = left;
        return left > TimeSpan.Zero;
    }

    /// <summary>A body that came to its end can be told from one that broke off: it says its length, is chunked, or came over HTTP/2.</summary>
    /// <param name="upstream">The answer.</param>
    /// <param name="length">Its length, as far as it says it; else 0.</param>
    public static bool ShowsItsEnd(HttpResponseMessage upstream, out long length)
    {
        length = upstream.Content.Headers.ContentLength ?? 0;
        return upstream.Version.Major >= 2 || upstream.Content.Headers.ContentLength is not null || upstream.Headers.TransferEncodingChunked == true;
    }

    // A stream of events has no end to wait for.
    private static bool IsEvents(HttpResponseMessage upstream) =>
        upstream.Content.Headers.NonValidated.TryGetValues("Content-Type", out var type) && type.ToString().StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase);
}
