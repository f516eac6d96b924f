using Tidegate.Core.Calls;

namespace Tidegate.Gateway.Request.Hygiene;

/// <summary>What callers are told whose request no route should see, with the word the metric counts by.</summary>
internal static class HygieneRefusals
{
    public static readonly (string Reason, Refusal Refusal) Method = ("method", new Refusal(405, CallOutcome.BadRequest, "method_not_supported",
        "TRACE and CONNECT are not served here.", "hygiene")
    { Allow = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS" });

    public static readonly (string Reason, Refusal Refusal) MethodCase = Bad("method_case", "The method is not in capitals. Methods are case-sensitive (RFC 9110, section 9.1), and servers read this one in different ways.");
    public static readonly (string Reason, Refusal Refusal) Target = Bad("target", "The request target has characters that must be percent-encoded.");
    public static readonly (string Reason, Refusal Refusal) Framing = Bad("framing", "Transfer-Encoding and Content-Length contradict each other, or the transfer coding is not 'chunked' over HTTP/1.1.");
    public static readonly (string Reason, Refusal Refusal) HeaderValue = Bad("header_value", "A header value has a control character.");
    public static readonly (string Reason, Refusal Refusal) HeaderName = Bad("header_name", "A header name is not a token.");

    // The gateway's error, not the caller's: an operator has given a service a destination that leads back here.
    public static readonly (string Reason, Refusal Refusal) Loop = ("loop", new Refusal(508, CallOutcome.GatewayError, "loop_detected",
        "The request has been at this gateway before: a destination leads back to it.", "hygiene")
    {
        Internal = "The request was sent by this node itself (its Via names it): a destination of a service is this node's own address, or a proxy that leads back to it.",
    });

    // The connection is closed after it: where the framing is in doubt, what follows may be part of the body or the next request.
    private static (string Reason, Refusal Refusal) Bad(string reason, string detail) =>
        (reason, new Refusal(400, CallOutcome.BadRequest, "bad_request", detail, "hygiene") { ClosesConnection = true });
}
