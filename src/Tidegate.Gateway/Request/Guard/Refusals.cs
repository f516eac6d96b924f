using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Tidegate.Core.Calls;
using Tidegate.Gateway.Request.Admit;
using Tidegate.Gateway.Request.Forward;

namespace Tidegate.Gateway.Request.Guard;

/// <summary>What callers are told when there is no answer to pass on.</summary>
internal static class Refusals
{
    /// <summary>Nobody is there to be told.</summary>
    public static Refusal CallerGone { get; } = new(499, CallOutcome.ClientCancelled, "client_cancelled", "The caller went away.");

    /// <summary>The deadline of the call passed.</summary>
    public static Refusal Deadline { get; } =
        new(StatusCodes.Status504GatewayTimeout, CallOutcome.Timeout, "timeout", "The service did not answer in time.", "deadline");

    private static Refusal Shutdown { get; } =
        new(StatusCodes.Status503ServiceUnavailable, CallOutcome.GatewayError, "shutdown", "The gateway is stopping. Try again.") { RetryAfterSeconds = 1 };

    /// <summary>For a call that ended between attempts.</summary>
    public static Refusal Of(CancelCause cause) => cause switch
    {
        CancelCause.Deadline => Deadline,
        CancelCause.Shutdown => Shutdown,
        _ => CallerGone,
    };

    /// <summary>For a call whose last attempt has no answer.</summary>
    public static Refusal Of(GatewayCall call, Attempt attempt) => attempt.Failure switch
    {
        UpstreamFailure.CallerGone or UpstreamFailure.GivenUp => CallerGone,
        UpstreamFailure.CallerBody => OfBody(call, attempt),
        UpstreamFailure.Shutdown => Shutdown,
        UpstreamFailure.Timeout => Deadline with { Internal = Explain(attempt) },
        _ => new Refusal(StatusCodes.Status502BadGateway, CallOutcome.UpstreamError, "upstream_error", "The service did not answer, or not in a way that can be passed on.")
        {
            Internal = Explain(attempt),
        },
    };

    /// <summary>All destinations are off.</summary>
    public static Refusal Unavailable(TimeSpan reopensIn) =>
        new(StatusCodes.Status503ServiceUnavailable, CallOutcome.Unavailable, "unavailable", "All destinations of the service are off for now.", "health")
        {
            RetryAfterSeconds = (int)Math.Min(int.MaxValue, Math.Ceiling(reopensIn.TotalSeconds)),
        };

    private static string Explain(Attempt attempt) => $"{attempt.Destination.Name}: {(attempt.Error.Length > 0 ? attempt.Error : $"status {attempt.Status}")}";

    // The server knows best what is wrong with a body: too large (413), too slow (408), not framed as announced (400). Anything else means that it stopped coming.
    private static Refusal OfBody(GatewayCall call, Attempt attempt) => call.Body.Fault switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => BodyLimit.TooLarge,
        BadHttpRequestException bad when BodyFault.IsCutOff(bad) => CallerGone,
        BadHttpRequestException bad => new Refusal(bad.StatusCode, CallOutcome.BadRequest, "bad_body", "The request body broke off, came too slowly or is malformed."),
        null => new Refusal(StatusCodes.Status400BadRequest, CallOutcome.BadRequest, "bad_target", "The request target is malformed.") { Internal = attempt.Error },
        ConnectionResetException or OperationCanceledException => CallerGone,
        // A chunk size too large for a number, for one.
        IOException when !call.Http.RequestAborted.IsCancellationRequested =>
            new Refusal(StatusCodes.Status400BadRequest, CallOutcome.BadRequest, "bad_body", "The request body is malformed.") { ClosesConnection = true },
        _ => CallerGone,
    };
}
