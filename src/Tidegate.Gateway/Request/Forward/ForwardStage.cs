using System.Runtime.CompilerServices;
using Tidegate.Gateway.Request.Guard;
using Tidegate.Gateway.Request.Stale;

namespace Tidegate.Gateway.Request.Forward;

/// <summary>Moves the bytes of one attempt, in two steps: ask the destination and look at its headers; then, if they are to be used, pass the answer on.</summary>
internal sealed class ForwardStage(ResponseRelay relay, TimeProvider time)
{
    /// <summary>Sends the request and waits for headers. Whatever goes wrong is in the attempt, as a value.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask OpenAsync(GatewayCall call, Attempt attempt)
    {
        if (UpstreamRequest.Create(call, attempt, time) is { } request)
        {
            try
            {
                if (call.HasBody) await call.Body.ReadShortAsync(attempt, attempt.Scope.Token);
                attempt.Response = await attempt.Destination.Client.SendAsync(request, attempt.Scope.Token);
                attempt.Status = (int)attempt.Response.StatusCode;
                if (attempt.Status < 200) Refuse(attempt);
                attempt.BeginStreaming(); // at once: the time for headers must not run out while a slower attempt is waited for
            }
            catch (Exception e)
            {
                var (failure, reason) = call.HasBody && call.Body.IsLate(call, attempt) ? (UpstreamFailure.CallerBody, "the request body did not come in time") : FailureReader.Read(e, attempt.Scope);
                attempt.Fail(failure, reason);
            }
        }
        else
        {
            attempt.Fail(UpstreamFailure.CallerBody, "the target is no URI");
        }

        attempt.HeadersAt = time.GetTimestamp();
    }

    // The client has skipped what may come before an answer. What is left is a change of protocol that nobody asked for, or no status at all.
    private static void Refuse(Attempt attempt)
    {
        attempt.Fail(UpstreamFailure.Garbage, $"invalid response: status {attempt.Status} to a request that asked for no other protocol");
        attempt.Response!.Dispose();
        attempt.Response = null;
        attempt.Status = 0;
    }

    /// <summary>Passes the answer on.</summary>
    public ValueTask<RelayEnd> RelayAsync(GatewayCall call, Attempt attempt)
    {
        try
        {
            if (!ResponseHead.Copy(call, attempt, attempt.Response!))
            {
                attempt.Fail(UpstreamFailure.Garbage, "invalid response: a transfer coding other than chunked");
                return ValueTask.FromResult(RelayEnd.UpstreamBroke);
            }
        }
        catch (InvalidOperationException)
        {
            // The server refuses to send control characters that the client let pass.
            attempt.Fail(UpstreamFailure.Garbage, "invalid response header");
            return ValueTask.FromResult(RelayEnd.UpstreamBroke);
        }

        if (call.Route.Stale is { } stale) call.Keeping = StaleRecording.Begin(call, attempt, stale, time);
        return relay.CopyAsync(call, attempt);
    }
}
