using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Tidegate.Gateway.Request.Guard;
using Tidegate.Gateway.Request.Record;
using Yarp.ReverseProxy.Forwarder;

namespace Tidegate.Gateway.Request.Forward;

/// <summary>
/// Upgrades (WebSocket and others, HTTP/1.1 <c>Upgrade</c> and HTTP/2 extended CONNECT, and one into the other). The bytes and the translation between the two
/// are YARP's; destination, headers, deadline and record are ours. Until the tunnel is open an attempt can be followed by another one, as for any call: without
/// an answer, or with one of a status that is retried. Any other answer is passed on.
/// </summary>
internal sealed class Tunnel(IHttpForwarder forwarder, AttemptJudge judge, TimeProvider time)
{
    /// <summary>The caller asks for a tunnel. Other upgrades, such as one to HTTP/2, may be ignored and are (RFC 9110 §7.8).</summary>
    public static bool IsUpgrade(HttpContext http)
    {
        if (http.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true }) return http.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };
        var protocol = http.Request.Headers.Upgrade.ToString();
        return protocol.Equals("websocket", StringComparison.OrdinalIgnoreCase) || protocol.StartsWith("SPDY/", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>
    /// Opens the tunnel and stays until it ends; null when there was no answer, with the reason in the attempt, or when <paramref name="mayBeBetter"/>, asked after
    /// the headers, wants to do without the one that came.
    /// </summary>
    public async ValueTask<RelayEnd?> RunAsync(GatewayCall call, Attempt attempt, Func<bool> mayBeBetter)
    {
        call.Record.Kind = IsWebSocket(call.Http) ? "websocket" : "upgrade";
        TunnelMeter.Install(call);
        var (version, policy) = UpstreamRequest.Version(call, attempt);
        var config = new ForwarderRequestConfig { ActivityTimeout = attempt.Service.Guard.Config.IdleTimeout, Version = version, VersionPolicy = policy };
        var transformer = new Transformer(call, attempt, mayBeBetter, judge, time);
        var error = await forwarder.SendAsync(call.Http, attempt.Destination.Prefix, attempt.Destination.Client, config, transformer, attempt.Scope.Token);
        if (attempt.Status == 0)
        {
            var exception = call.Http.Features.Get<IForwarderErrorFeature>()?.Exception ?? new IOException(error.ToString());
            call.Http.Features.Set<IForwarderErrorFeature>(null);
            if (!call.Http.Response.HasStarted) call.Http.Response.Clear();
            var (failure, reason) = FailureReader.Read(exception, attempt.Scope);
            attempt.Fail(failure, reason);
            attempt.HeadersAt = time.GetTimestamp();
            judge.AtHeaders(call, attempt);
            return null;
        }

        if (!transformer.GivenUp) return End(attempt, error);
        call.Http.Response.Clear();
        return null;
    }

    private static RelayEnd End(Attempt attempt, ForwarderError error)
    {
        switch (attempt.Scope.Cause)
        {
            case CancelCause.CallerGone: return RelayEnd.CallerGone;
            case CancelCause.Shutdown: return RelayEnd.Shutdown;
        }

        switch (error)
        {
            // Either side may end a tunnel; YARP calls silence on both a clean end of its own.
            case ForwarderError.None:
            case ForwarderError.UpgradeActivityTimeout:
                return RelayEnd.Complete;
            case ForwarderError.UpgradeRequestClient or ForwarderError.UpgradeRequestCanceled or ForwarderError.UpgradeResponseClient
                or ForwarderError.ResponseBodyClient or ForwarderError.ResponseBodyCanceled:
                return RelayEnd.CallerGone;
            default:
                attempt.Fail(UpstreamFailure.Broken, error.ToString());
                return RelayEnd.UpstreamBroke;
        }
    }

    private static bool IsWebSocket(HttpContext http) =>
        http.Request.Headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase)
        || http.Features.Get<IHttpExtendedConnectFeature>()?.Protocol == "websocket";

    private sealed class Transformer(GatewayCall call, Attempt attempt, Func<bool> mayBeBetter, AttemptJudge judge, TimeProvider time) : HttpTransformer
    {
        /// <summary>The answer was dropped, for another attempt.</summary>
        public bool GivenUp { get; private set; }

        public override ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            UpstreamRequest.Shape(call, attempt, proxyRequest);
            return ValueTask.CompletedTask;
        }

        public override ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
        {
            if (proxyResponse is null) return ValueTask.FromResult(false);
            attempt.HeadersAt = time.GetTimestamp();
            attempt.Status = (int)proxyResponse.StatusCode;
            attempt.Response = proxyResponse;
            judge.AtHeaders(call, attempt);
            attempt.Response = null; // the forwarder's to dispose
            GivenUp = mayBeBetter();
            if (GivenUp) return ValueTask.FromResult(false);
            ResponseHead.Copy(call, attempt, proxyResponse);
            attempt.Scope.SetDue(Ticks.Never, CancelCause.None); // silence is YARP's to end from here
            return ValueTask.FromResult(true);
        }

        public override ValueTask TransformResponseTrailersAsync(HttpContext httpContext, HttpResponseMessage proxyResponse, CancellationToken cancellationToken) =>
            ValueTask.CompletedTask;
    }
}
