using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Tidegate.Gateway.Request.Hygiene;

/// <summary>
/// This node in the <c>Via</c> header of what it sends (RFC 9110 §7.6.3). A request that comes with it has been here before: passed on again it would come
/// again, until no descriptors are left.
/// </summary>
internal sealed class HopToken
{
    private readonly string _pseudonym = "tidegate-" + RandomNumberGenerator.GetHexString(12, lowercase: true);
    private readonly string _http11;
    private readonly string _http2;

    public HopToken()
    {
        // Made once: nearly every call comes without Via, and goes on with one of these.
        _http11 = "1.1 " + _pseudonym;
        _http2 = "2 " + _pseudonym;
    }

    /// <summary>The request was sent by this node.</summary>
    public bool IsIn(StringValues via)
    {
        for (var i = 0; i < via.Count; i++)
            if (via[i].AsSpan().Contains(_pseudonym, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    /// <summary>Adds this node to the proxies the call came through.</summary>
    public void Append(GatewayCall call)
    {
        var request = call.Http.Request;
        var own = HttpProtocol.IsHttp2(request.Protocol) ? _http2 : _http11;
        call.Upstream.Set(HeaderNames.Via, request.Headers.Via is { Count: > 0 } before ? $"{before}, {own}" : own);
    }
}
