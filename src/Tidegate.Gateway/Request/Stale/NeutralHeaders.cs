using System.Collections.Frozen;

namespace Tidegate.Gateway.Request.Stale;

/// <summary>
/// Request headers that do not say who calls. Every other one that goes to the upstream may be a credential that only the upstream can read (<c>Authorization</c>, <c>Cookie</c>,
/// a key in a header of its own): callers who differ in it are different callers. A header that is missing here costs hits, one too many would show a caller somebody else's answer.
/// </summary>
internal static class NeutralHeaders
{
    private static readonly FrozenSet<string> Names = new[]
    {
        "Accept", "Accept-Charset", "Accept-Encoding", "Accept-Language", "Accept-Datetime", "Access-Control-Request-Headers", "Access-Control-Request-Method", "Cache-Control", "Content-Length", "Content-Type",
        "Date", "DNT", "Early-Data", "Expect", "Forwarded", "Host", "If-Match", "If-Modified-Since", "If-None-Match", "If-Range", "If-Unmodified-Since", "Max-Forwards", "Origin", "Pragma", "Priority", "Range",
        "Referer", "Save-Data", "Trailer", "Upgrade-Insecure-Requests", "User-Agent", "Via", "Viewport-Width", "Width", "DPR", "Downlink", "ECT", "RTT",
        "Sec-Fetch-Dest", "Sec-Fetch-Mode", "Sec-Fetch-Site", "Sec-Fetch-User", "Sec-GPC", "Sec-Purpose", "Purpose", "Sec-CH-UA", "Sec-CH-UA-Arch", "Sec-CH-UA-Bitness", "Sec-CH-UA-Full-Version",
        "Sec-CH-UA-Full-Version-List", "Sec-CH-UA-Mobile", "Sec-CH-UA-Model", "Sec-CH-UA-Platform", "Sec-CH-UA-Platform-Version", "Sec-CH-Prefers-Color-Scheme", "Sec-CH-Prefers-Reduced-Motion",
        "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-Prefix", "X-Forwarded-Proto", "X-Forwarded-Scheme", "X-Forwarded-Server", "X-Forwarded-Ssl", "X-Real-IP", "X-Requested-With",
        "traceparent", "tracestate", "baggage", "Request-Id", "Correlation-Context", "X-Request-Id", "X-Correlation-Id", "X-Amzn-Trace-Id", "X-Cloud-Trace-Context", "uber-trace-id",
        "b3", "X-B3-TraceId", "X-B3-SpanId", "X-B3-ParentSpanId", "X-B3-Sampled", "X-B3-Flags", "X-Datadog-Trace-Id", "X-Datadog-Parent-Id", "X-Datadog-Sampling-Priority", "X-Datadog-Origin",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>True when the header says nothing about who calls.</summary>
    public static bool Contains(string name) => Names.Contains(name);
}
