using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Tidegate.Core.Calls;

namespace Tidegate.Gateway.Request.Admit;

/// <summary>
/// Largest request body: refused at once when its length is announced, else cut off while it streams (<see cref="Forward.RequestBody"/>). gRPC calls have no least
/// speed: a stream may be silent for as long as both sides like.
/// </summary>
internal static class BodyLimit
{
    /// <summary>What callers are told; gRPC callers as RESOURCE_EXHAUSTED.</summary>
    public static readonly Refusal TooLarge = new(413, CallOutcome.BadRequest, "body_too_large", "The request body is larger than this route takes.", "maxBodySize");

    /// <summary>False when the body is announced too large.</summary>
    public static bool Check(GatewayCall call)
    {
        var features = call.Http.Features;
        if (call.IsGrpc && features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate) rate.MinDataRate = null;
        var max = call.Route.MaxBodySize;
        if (max <= 0) return true;
        if (features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true }) return true;
        if (call.Http.Request.ContentLength > max) return call.Refuse(TooLarge);
        // The server holds what nobody reads to it, too.
        if (features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = max;
        return true;
    }
}
