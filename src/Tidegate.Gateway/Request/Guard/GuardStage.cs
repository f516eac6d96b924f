using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Tidegate.Core.Calls;
using Tidegate.Gateway.Request.Balance;
using Tidegate.Gateway.Request.Forward;
using Tidegate.Gateway.Request.Stale;
using Tidegate.Gateway.Snapshot;

namespace Tidegate.Gateway.Request.Guard;

/// <summary>Makes attempts until one gives an answer to pass on, the deadline passes or the attempt budget is used; then the fallback.</summary>
internal sealed class GuardStage(
    BalanceStage balance, ForwardStage forward, Tunnel tunnel, HedgeRace hedges, RetryRule retries, AttemptJudge judge, Places places, DrainState drain,
    StaleAnswer stale, TimeProvider time)
{
    /// <summary>Runs the call to its answer or its refusal.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask RunAsync(GatewayCall call)
    {
        var service = call.Service!;
        var now = Begin(call, service);                                                       // 1. one deadline, one body
        try
        {
            if (call.Route.Stale is { ServesAlways: true } kept && kept.Find(call))           //    in an emergency, an old answer will do
            {
                await stale.WriteAsync(call, kept, refusal: null);
                return;
            }

            service.State.Retries.CountCall(now);
            if (!await places.EnterAsync(call, service, call.Attempt!.Scope)                  // 2. a place among the calls in flight
                || !await TryAsync(call, service, AttemptKind.First, service.Guard.MaxAttempts)) // 3. attempts
                await FallBackAsync(call, service);                                           // 4. the fallback, when none succeeded
        }
        finally
        {
            await call.Attempt!.EndAsync();
            if (call.HasBody) call.Record.RequestBytes = call.Body.BytesRead;
        }
    }

    private long Begin(GatewayCall call, ServiceModel service)
    {
        var now = time.GetTimestamp();
        var guard = service.Guard;
        var own = call.Route.Deadline > TimeSpan.Zero ? Ticks.Of(time, call.Route.Deadline) : guard.Deadline;
        call.DeadlineTimestamp = Ticks.After(call.StartTimestamp, own);
        call.StreamDeadlineTimestamp = Ticks.Never;
        call.IsGrpc = GrpcStatus.IsGrpc(call.Http.Request.ContentType);
        if (CallerDeadline.Read(call.Http.Request.Headers, call.IsGrpc) is { } callers)
        {
            var until = Ticks.After(call.StartTimestamp, Ticks.Of(time, callers));
            call.DeadlineTimestamp = Math.Min(call.DeadlineTimestamp, until);
            if (call.IsGrpc) call.StreamDeadlineTimestamp = until;
        }

        if (call.IsGrpc) call.Record.Kind = "grpc";
        call.Attempt ??= new Attempt(time, drain);
        HopByHop.RemoveNominated(call.Http.Request.Headers);
        call.Route.Rewrite.RequestHeaders.Apply(call.Http.Request.Headers, call.Upstream);
        call.UpstreamTarget = call.Route.Rewrite.Target(call.Requested, call.Parameters, call.SecretParameter);
        call.IsUpgrade = Tunnel.IsUpgrade(call.Http);
        call.HasBody = !call.IsUpgrade && call.Http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true;
        if (!call.HasBody) return now;
        var mayNeedItAgain = guard.Config.Retry.MaxAttempts > 1 && RetryRule.IsSafe(call);
        var request = call.Http.Request;
        call.Body.Begin(request.BodyReader, request.ContentLength, call.Route.MaxBodySize, mayNeedItAgain ? guard.Config.Retry.BufferBody : 0, request.Headers.Expect.Count > 0);
        return now;
    }

    // True when the call was answered. False: it was refused, and a fallback may still do better.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> TryAsync(GatewayCall call, ServiceModel service, AttemptKind kind, int maxAttempts)
    {
        var attempt = call.Attempt!;
        for (var attempts = 1; ; attempts++)
        {
            var now = time.GetTimestamp();
            if (now >= call.DeadlineTimestamp) return call.Refuse(Refusals.Deadline);
            var choice = balance.Choose(call, service, now);
            if (choice.Destination is null) return call.Refuse(Refusals.Unavailable(balance.ReopensIn(service, now)));
            attempt.Begin(call, service, choice, kind, now);
            call.Tried.Add(choice.Destination);

            var decision = default(RetryDecision);
            if (call.IsUpgrade)
            {
                RetryDecision? decided = null;
                if (await tunnel.RunAsync(call, attempt, Decide) is { } end) return Finish(call, attempt, end);
                if (decided is null) Decide();
                decision = decided ?? default;

                bool Decide()
                {
                    if (!RetryRule.IsWorthIt(attempt)) return false;
                    decided = retries.Decide(call, attempt, attempts, maxAttempts);
                    return decided.Value.Again || HasFallback(call, kind);
                }
            }
            else
            {
                if (hedges.Applies(call, service, attempts, maxAttempts))
                {
                    (attempt, var hedged) = await hedges.OpenAsync(call, attempt);
                    call.Attempt = attempt;
                    if (hedged) attempts++;
                }
                else
                {
                    await forward.OpenAsync(call, attempt);
                }

                judge.AtHeaders(call, attempt);
                var worthIt = RetryRule.IsWorthIt(attempt);
                if (worthIt) decision = retries.Decide(call, attempt, attempts, maxAttempts);
                if (!decision.Again && attempt.Response is not null && !(worthIt && HasFallback(call, kind)) && call.Route.Stale?.IsBetter(call, attempt) != true)
                {
                    var end = await forward.RelayAsync(call, attempt);
                    if (end != RelayEnd.UpstreamBroke || call.Http.Response.HasStarted) return Finish(call, attempt, end);
                    // It broke off, but the caller has seen nothing yet: as good as no answer.
                    judge.AtEnd(call, attempt, end);
                    call.Http.Response.Clear();
                    call.Record.ResponseBytes = 0;
                    decision = retries.Decide(call, attempt, attempts, maxAttempts);
                }
            }

            judge.Record(call, attempt, AttemptJudge.Outcome(call, attempt));
            if (!decision.Again) call.Refuse(Refusals.Of(call, attempt));
            else call.Note($"retry {attempts}: {(attempt.Error.Length > 0 ? attempt.Error : attempt.Status.ToString())}");
            await attempt.EndAsync();
            if (!decision.Again || !await WaitAsync(call, decision.Wait)) return false;
            call.Record.GrpcStatus = -1;
            if (kind == AttemptKind.First) kind = AttemptKind.Retry;
        }
    }

    private async ValueTask<bool> WaitAsync(GatewayCall call, TimeSpan wait)
    {
        if (wait > TimeSpan.Zero) await Task.Delay(wait, time, call.Http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !call.Http.RequestAborted.IsCancellationRequested || call.Refuse(drain.Forced ? Refusals.Of(CancelCause.Shutdown) : Refusals.CallerGone);
    }

    // The answer was passed on, or broke off under the caller's eyes: nothing can be done about it now but to tell the truth.
    private bool Finish(GatewayCall call, Attempt attempt, RelayEnd end)
    {
        judge.AtEnd(call, attempt, end);
        var record = call.Record;
        record.Destination = attempt.Destination.Name;
        record.Error = attempt.Error;
        record.Outcome = end switch
        {
            RelayEnd.Complete => AttemptJudge.Outcome(call, attempt),
            RelayEnd.CallerGone => CallOutcome.ClientCancelled,
            _ => CallOutcome.Truncated,
        };
        if (end == RelayEnd.CallerGone && attempt.Scope.Cause == CancelCause.CallerBody) Breakoff.BadBody(call);
        else if (end != RelayEnd.Complete && attempt.Scope.Cause != CancelCause.CallerGone) Breakoff.Abort(call.Http);
        judge.Record(call, attempt, record.Outcome);
        return true;
    }

    private static bool HasFallback(GatewayCall call, AttemptKind kind) => kind != AttemptKind.Fallback && call.Service!.Guard.Config.Fallback is not null;

    private async ValueTask FallBackAsync(GatewayCall call, ServiceModel service)
    {
        var (fallback, kept) = (service.Guard.Config.Fallback, call.Route.Stale);
        if ((fallback is null && kept is null) || call.Refusal is not { } refusal) return;
        if (refusal.Outcome is CallOutcome.ClientCancelled or CallOutcome.BadRequest or CallOutcome.GatewayError) return;
        // The rule of retries holds here too: another service may do again what this one has done.
        var mayAsk = service.Fallback is not null && (call.Record.AttemptCount == 0 || RetryRule.IsSafe(call)) && (!call.HasBody || call.Body.CanBeSentAgain);
        if (mayAsk && time.GetTimestamp() < call.DeadlineTimestamp)
        {
            call.Refusal = null;
            call.Tried.Clear();
            call.Note($"fallback: service {service.Fallback!.Name}");
            if (await places.EnterAsync(call, service.Fallback, call.Attempt!.Scope) && await TryAsync(call, service.Fallback, AttemptKind.Fallback, 1)) return;
            if (call.Refusal?.Outcome == CallOutcome.ClientCancelled) return;
        }

        // Somebody's true answer is better than an old one, an old one better than a text that is always the same.
        if (kept?.Find(call) == true) await stale.WriteAsync(call, kept, refusal);
        else if (fallback?.Response is { } answer) await FallbackAnswer.WriteAsync(call, answer, refusal);
    }
}
