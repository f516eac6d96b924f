using System.Collections.Frozen;
using System.Globalization;
using Microsoft.Extensions.Primitives;
using Tidegate.Gateway.Request.Forward;

namespace Tidegate.Gateway.Request.Stale;

/// <summary>Of the headers of an upstream's answer, those that are as true of it when it is given again.</summary>
internal static class KeptHeaders
{
    // They tell of one call or of one moment: the caller's limits, times, ids. Length and age are said anew.
    private static readonly FrozenSet<string> OfOneCall = new[]
    {
        "Age", "Authentication-Info", "Content-Length", "Proxy-Authentication-Info", "Proxy-Status", "RateLimit", "RateLimit-Limit", "RateLimit-Policy", "RateLimit-Remaining", "RateLimit-Reset", "Retry-After",
        "Server-Timing", "traceparent", "traceresponse", "Trailer", "WWW-Authenticate", "X-Correlation-Id", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "X-Request-Id", "X-Response-Time", "X-Runtime",
        ResponseFinish.CallIdHeader,
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>They, before the route's changes.</summary>
    public static KeyValuePair<string, StringValues>[] Of(HttpResponseMessage upstream)
    {
        var kept = new List<KeyValuePair<string, StringValues>>(16);
        var nominated = upstream.Headers.NonValidated.TryGetValues("Connection", out var connection) ? HopByHop.Nominated(connection.ToString()) : null;
        foreach (var (name, values) in upstream.Headers.NonValidated)
            if (!HopByHop.Is(name) && !OfOneCall.Contains(name) && (nominated is null || !HopByHop.IsNominated(nominated, name))) kept.Add(new(name, ResponseHead.Value(values)));
        foreach (var (name, values) in upstream.Content.Headers.NonValidated)
            if (!OfOneCall.Contains(name)) kept.Add(new(name, ResponseHead.Value(values)));
        return [.. kept];
    }

    /// <summary>Values of a header as one text; empty when it is missing.</summary>
    public static string Text(HttpResponseMessage upstream, string name) => upstream.Headers.NonValidated.TryGetValues(name, out var values) ? string.Join(", ", (IEnumerable<string>)values) : "";

    /// <summary>Seconds of its <c>Age</c>; 0 when there is none that can be read.</summary>
    public static int Age(HttpResponseMessage upstream)
    {
        var text = Text(upstream, "Age").AsSpan();
        var comma = text.IndexOf(',');
        if (comma >= 0) text = text[..comma];
        return long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? (int)Math.Min(seconds, int.MaxValue) : 0;
    }
}
