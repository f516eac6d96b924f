using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

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
}
