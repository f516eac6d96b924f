using System.Buffers;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Tidegate.Core.Calls;

namespace Tidegate.Gateway.Request.Hygiene;

/// <summary>
/// Refuses what no route should ever see (RFC 9112 §11.2, RFC 9110 §5.5), and finds out who calls through which proxies. The server has refused before: folded
/// lines, spaces before the colon, several or wrong Host and Content-Length headers, a target whose authority is not the Host.
/// </summary>
internal sealed class HygieneStage(GatewayOptions options, HopToken hop, Meter meter)
{
    // What the server gives the Content-Length as, when it was overridden by Transfer-Encoding.
    private const string OverriddenLength = "X-Content-Length";

    private static readonly SearchValues<char> Controls =
        SearchValues.Create("\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u000a\u000b\u000c\u000d\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f\u007f");

    private static readonly SearchValues<char> Token = SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private readonly Counter<long> _refused = CallMetricNames.BadRequests.Counter(meter);
    private readonly ForwardedHeaders _forwarded = new(AddressSet.Parse(options.TrustedProxies));

    /// <summary>False when the call was refused.</summary>
    public bool Check(GatewayCall call)
    {
        var request = call.Http.Request;
        if (IsSpeltOtherwise(request.Method)) return Refuse(call, HygieneRefusals.MethodCase);
        if (HttpMethods.IsTrace(request.Method) || (HttpMethods.IsConnect(request.Method) && !IsExtendedConnect(call))) return Refuse(call, HygieneRefusals.Method);
        var target = call.Requested.Text.AsSpan();
        if (target.ContainsAnyExceptInRange('!', '~') || target.Contains('#')) return Refuse(call, HygieneRefusals.Target);
        var headers = request.Headers;
        if (headers.TransferEncoding.Count > 0 && !IsPlainlyChunked(request)) return Refuse(call, HygieneRefusals.Framing);

        var forwarded = false;
        foreach (var (name, values) in headers)
        {
            if (HasControls(values)) return Refuse(call, HygieneRefusals.HeaderValue);
            if (name.AsSpan(1).ContainsAnyExcept(Token)) return Refuse(call, HygieneRefusals.HeaderName); // a pseudo header begins with a colon
            forwarded |= ForwardedHeaders.IsOne(name);
        }

        if (headers.Via is { Count: > 0 } via && hop.IsIn(via)) return Refuse(call, HygieneRefusals.Loop);
        _forwarded.Apply(call, forwarded);
        hop.Append(call);
        return true;
    }

    // "delete" is no DELETE (RFC 9110 §9.1), but HTTP clients, ours among them, send it as one: a rule for DELETE would be got around.
    private static bool IsSpeltOtherwise(string method) => !string.Equals(HttpMethods.GetCanonicalizedValue(method), method, StringComparison.Ordinal);

    // A WebSocket over HTTP/2 (RFC 8441).
    private static bool IsExtendedConnect(GatewayCall call) => call.Http.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };

    private static bool IsPlainlyChunked(HttpRequest request) =>
        request.Headers.TransferEncoding is [{ } coding] && coding.Equals("chunked", StringComparison.OrdinalIgnoreCase)
        && HttpProtocol.IsHttp11(request.Protocol) && !request.Headers.ContainsKey(OverriddenLength);

    private static bool HasControls(StringValues values)
    {
        if (values.Count == 1) return values.ToString().AsSpan().ContainsAny(Controls);
        for (var i = 0; i < values.Count; i++)
            if (values[i].AsSpan().ContainsAny(Controls)) return true;
        return false;
    }

    private bool Refuse(GatewayCall call, (string Reason, Refusal Refusal) why)
    {
        _refused.Add(1, new KeyValuePair<string, object?>("reason", why.Reason));
        call.ClientAddress = call.Http.Connection.RemoteIpAddress ?? System.Net.IPAddress.None;
        return call.Refuse(why.Refusal);
    }
}
