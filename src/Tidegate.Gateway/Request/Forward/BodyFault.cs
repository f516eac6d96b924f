using Microsoft.AspNetCore.Http;

namespace Tidegate.Gateway.Request.Forward;

/// <summary>Reads why a request body cannot be read.</summary>
internal static class BodyFault
{
    // The server has a number for it that it shows to nobody.
    private const string Unfinished = "Unexpected end of request content";

    /// <summary>The connection ended in the middle of the body: whoever sent it is gone. The server tells that sooner than it tells that the connection has ended.</summary>
    public static bool IsCutOff(BadHttpRequestException fault) =>
        fault.StatusCode == StatusCodes.Status400BadRequest && fault.Message.StartsWith(Unfinished, StringComparison.Ordinal);
}
