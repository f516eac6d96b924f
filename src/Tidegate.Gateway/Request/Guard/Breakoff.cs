using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Tidegate.Core.Calls;
using Tidegate.Gateway.Request.Admit;

namespace Tidegate.Gateway.Request.Guard;

/// <summary>Ends an answer so that nobody can take it for a whole one: a reset stream in HTTP/2, a closed connection in HTTP/1.1 (no last chunk, a body too short).</summary>
internal static class Breakoff
{
    private const int InternalError = 0x2; // RFC 9113 §7

    /// <summary>Breaks the answer off.</summary>
    public static void Abort(HttpContext http)
    {
        if (http.Features.Get<IHttpResetFeature>() is { } stream) stream.Reset(InternalError);
        else http.Abort();
    }

    /// <summary>
    /// Ends an answer that began before its request was refused: too large a body, or too slow a one. gRPC has a word for it behind what was sent; otherwise the answer
    /// breaks off. A body that just stopped is a caller that left.
    /// </summary>
    public static void BadBody(GatewayCall call)
    {
        if (call.Body.Fault is not BadHttpRequestException { StatusCode: not StatusCodes.Status400BadRequest } bad)
        {
            Abort(call.Http);
            return;
        }

        call.Record.Outcome = CallOutcome.BadRequest;
        call.Record.Error = bad.Message;
        if (call.IsGrpc && call.Http.Response.SupportsTrailers()) ErrorWriter.EndGrpc(call, BodyLimit.TooLarge);
        else Abort(call.Http);
    }
}
