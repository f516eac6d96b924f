namespace Tidegate.Gateway.Request;

/// <summary>
/// What the gateway says on every answer, its own and an upstream's: to be called when the answer's headers stand in the response and nothing has been sent.
/// </summary>
internal static class ResponseFinish
{
    /// <summary>Header with the id of the call.</summary>
    public const string CallIdHeader = "X-Tidegate-Call-Id";

    /// <summary>Edits of the route, CORS, limits, call id.</summary>
    public static void Apply(GatewayCall call)
    {
        var headers = call.Http.Response.Headers;
        if (call.Route is { } route)
        {
            route.Rewrite.ResponseHeaders.Apply(headers);
            route.Cors?.Decorate(call.Http.Request, headers);
        }

        call.RateLimits.WriteTo(headers);
        headers[CallIdHeader] = call.IdText;
    }
}
