using Tidegate.Core.Calls;
using Tidegate.Gateway.Request.Forward;

namespace Tidegate.Gateway.Request.Guard;

/// <summary>Tells everyone who learns from attempts what became of one: breaker, ejection, latency, adaptive limit, record.</summary>
internal sealed class AttemptJudge(TimeProvider time)
{
    // A destination that fails fast must not look like the fastest one: its failure weighs like a second of waiting (Linkerd uses five for a whole connection pool).
    private readonly long _failurePenalty = time.TimestampFrequency;

    /// <summary>Takes headers, or their absence, into account.</summary>
    public void AtHeaders(GatewayCall call, Attempt attempt)
    {
        if (attempt.Response is { } response)
        {
            call.Record.UpstreamFirstByteUs = Ticks.Microseconds(time, attempt.HeadersAt - call.StartTimestamp);
            if (call.IsGrpc) ReadGrpcStatus(call, response);
            RaiseFloor(attempt, response);
        }

        // A gRPC status mostly comes with the end. A probe cannot wait for that: a stream that opened will do.
        if (call.IsGrpc && attempt.Status == 200 && call.Record.GrpcStatus < 0 && attempt.Entry != BreakerEntry.Probe) return;
        Report(call, attempt, IsFailure(call, attempt));
    }

    /// <summary>Takes the end of an answer into account whose headers were used.</summary>
    public void AtEnd(GatewayCall call, Attempt attempt, RelayEnd end)
    {
        if (end == RelayEnd.UpstreamBroke) Report(call, attempt, failed: true);
        else if (call.IsGrpc && attempt.Entry != BreakerEntry.Refused)
        {
            if (end != RelayEnd.Complete) Release(attempt);
            else Report(call, attempt, IsFailure(call, attempt));
        }
    }

    /// <summary>Appends the attempt to the record of the call.</summary>
    public void Record(GatewayCall call, Attempt attempt, CallOutcome outcome, string error = "") => call.Record.AddAttempt(new AttemptRecord(
        attempt.Destination.Name, Ticks.Microseconds(time, attempt.Start - call.StartTimestamp), Ticks.Microseconds(time, attempt.HeadersAt - attempt.Start),
        attempt.Status, outcome, attempt.Kind, error.Length > 0 ? error : attempt.Error));

    /// <summary>The class of an attempt's outcome.</summary>
    public static CallOutcome Outcome(GatewayCall call, Attempt attempt) => attempt.Failure switch
    {
        UpstreamFailure.Timeout => CallOutcome.Timeout,
        UpstreamFailure.CallerGone or UpstreamFailure.GivenUp => CallOutcome.ClientCancelled,
        UpstreamFailure.CallerBody => CallOutcome.BadRequest,
        UpstreamFailure.Shutdown => CallOutcome.GatewayError,
        UpstreamFailure.None => OfStatus(call, attempt.Status),
        _ => CallOutcome.UpstreamError,
    };

    /// <summary>The destination failed, as far as breakers and ejection are concerned.</summary>
    public static bool IsFailure(GatewayCall call, Attempt attempt) => attempt.Failure switch
    {
        UpstreamFailure.None => attempt.Status >= 500 || (call.IsGrpc && GrpcStatus.IsServerFailure(call.Record.GrpcStatus)),
        _ => true,
    };

    private static CallOutcome OfStatus(GatewayCall call, int status)
    {
        if (status >= 500) return CallOutcome.UpstreamError;
        if (status >= 400) return CallOutcome.ClientError;
        if (!call.IsGrpc || call.Record.GrpcStatus == 0) return CallOutcome.Ok;
        return call.Record.GrpcStatus switch
        {
            < 0 => CallOutcome.UpstreamError, // an answer without a status is broken (grpc/doc/PROTOCOL-HTTP2.md)
            GrpcStatus.DeadlineExceeded => CallOutcome.Timeout,
            var code => GrpcStatus.IsServerFailure(code) ? CallOutcome.UpstreamError : CallOutcome.ClientError,
        };
    }

    private void Report(GatewayCall call, Attempt attempt, bool failed)
    {
        var state = attempt.Destination.State;
        if (!IsEvidence(call, attempt))
        {
            Release(attempt);
            return;
        }

        var now = attempt.HeadersAt;
        var latency = now - attempt.Start;
        var resilience = attempt.Service.Guard.Config;
        state.Breaker.Report(resilience.Breaker, attempt.Entry == BreakerEntry.Refused ? BreakerEntry.Normal : attempt.Entry, failed, now);
        attempt.Entry = BreakerEntry.Refused; // a probe is reported once
        state.Ejection.Report(attempt.Service, failed, now, latency);
        state.Latency.Observe(now, failed ? Math.Max(latency, _failurePenalty) : latency);
        if (resilience.AdaptiveConcurrency is { } adaptive)
            attempt.Service.State.Adaptive.Observe(adaptive, now, failed && attempt.Failure != UpstreamFailure.Timeout ? -1 : latency, failed);
        if (resilience.Hedging is not null && !failed) attempt.Service.State.Latency.Add(now, latency);
    }

    private static void Release(Attempt attempt)
    {
        attempt.Destination.State.Breaker.Release(attempt.Entry);
        attempt.Entry = BreakerEntry.Refused;
    }

    /// <summary>
    /// Callers who leave or send half a request, or have not sent all of it yet, say nothing about the destination. Nor does a timeout that came early: a caller with a deadline of a
    /// millisecond must not be able to open breakers for everybody.
    /// </summary>
    private static bool IsEvidence(GatewayCall call, Attempt attempt) => attempt.Failure switch
    {
        UpstreamFailure.CallerGone or UpstreamFailure.CallerBody or UpstreamFailure.GivenUp or UpstreamFailure.Shutdown => false,
        UpstreamFailure.Timeout when call.HasBody && call.Body.IsAwaited => false,
        UpstreamFailure.Timeout when attempt.Scope.Cause == CancelCause.Deadline => attempt.HeadersAt - attempt.Start >= attempt.Service.Guard.Deadline / 2,
        _ => true,
    };

    private static void ReadGrpcStatus(GatewayCall call, HttpResponseMessage response)
    {
        if (response.Headers.NonValidated.TryGetValues("grpc-status", out var values)) GrpcStatus.Note(call, values.ToString());
    }

    private void RaiseFloor(Attempt attempt, HttpResponseMessage response)
    {
        if (attempt.Status is not (429 or 503) || RetryAfter.Read(response.Headers, time) is not { } wait || wait <= TimeSpan.Zero) return;
        attempt.RetryAfter = wait;
        attempt.Destination.State.Floor.Raise(attempt.Status, Ticks.After(attempt.HeadersAt, Ticks.Of(time, wait)));
    }
}
