using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Tidegate.Gateway.Request.Admit.Limits;

namespace Tidegate.Gateway.Request.Admit;

/// <summary>
/// Tells callers their limits as draft-ietf-httpapi-ratelimit-headers (08 and later) has it: <c>RateLimit-Policy</c> lists all, <c>RateLimit</c> the one closest to
/// being used up. <c>t</c> is the time until its whole quota is back.
/// </summary>
internal sealed class RateLimitHeaders
{
    private RateRule? _limit;
    private LimitSet _route = LimitSet.None, _consumer = LimitSet.None;
    private long _remaining, _resetSeconds;

    /// <summary>Notes what a limit said; the tightest is told.</summary>
    public void Note(RateRule limit, in Decision decision, long resetSeconds)
    {
        if (_limit is not null && decision.Admitted && decision.Remaining * _limit.Quota >= _remaining * limit.Quota) return;
        (_limit, _remaining, _resetSeconds) = (limit, decision.Remaining, resetSeconds);
    }

    /// <summary>The sets that apply to the call.</summary>
    public void Apply(LimitSet route, LimitSet consumer) => (_route, _consumer) = (route, consumer);

    /// <summary>Writes the headers, when a limit applied.</summary>
    public void WriteTo(IHeaderDictionary headers)
    {
        if (_limit is null) return;
        headers["RateLimit-Policy"] = _route.Policies.Length == 0 ? _consumer.Policies
            : _consumer.Policies.Length == 0 ? _route.Policies : $"{_consumer.Policies}, {_route.Policies}";
        var value = new DefaultInterpolatedStringHandler(0, 0, null, stackalloc char[128]);
        value.AppendLiteral(_limit.Quoted);
        value.AppendLiteral(";r=");
        value.AppendFormatted(_remaining);
        value.AppendLiteral(";t=");
        value.AppendFormatted(_resetSeconds);
        headers["RateLimit"] = value.ToStringAndClear();
    }

    /// <summary>Forgets the call.</summary>
    public void Clear() => (_limit, _route, _consumer) = (null, LimitSet.None, LimitSet.None);
}
