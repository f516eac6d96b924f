using Tidegate.Core.Calls;
using Tidegate.Gateway.Models.Costs;
using Tidegate.Gateway.Models.Guarding;
using Tidegate.Gateway.Models.Rescue;
using Tidegate.Gateway.Models.Targets;
using Tidegate.Gateway.Request;
using Tidegate.Gateway.Request.Guard;
using Tidegate.Models.Chat;

namespace Tidegate.Gateway.Models;

/// <summary>What becomes of attempts: breaker, latency and keys learn from them, the record tells of them, and the next step follows from their error.</summary>
internal sealed partial class ModelJudge(AttemptSettlement settlement, DrainState drain, ILogger<ModelJudge> logger, TimeProvider time)
{
    /// <summary>Completes when an attempt that has ended can be reported without delay.</summary>
    public ValueTask ReadyAsync(ModelCall model, ModelAttempt attempt) => settlement.ReadyAsync(model, attempt);

    /// <summary>Tells everyone who learns from attempts.</summary>
    public void Report(GatewayCall call, ModelCall model, ModelAttempt attempt)
    {
        attempt.LetGo(); // free the upstream before anything else
        var now = time.GetTimestamp();
        var failed = attempt.Error is { } error && IsTargetsFault(error.Kind) && error.Code is not (AnswerShape.Code or CallGuard.Unavailable);
        if (attempt.CallerGone || attempt.WasCutShort || attempt.Scope.Cause is CancelCause.Shutdown or CancelCause.GivenUp || (attempt.Error is not null && !failed)) attempt.State.Breaker.Release(attempt.Entry);
        else attempt.State.Breaker.Report(attempt.Target.Provider.Config.Breaker, attempt.Entry, failed, now);
        if (attempt.FirstToken != 0) attempt.State.Latency.Observe(now, attempt.FirstToken - attempt.Start);
        if (call.Record.Shadow is null) Keys(attempt, now); // a model that a key may not use yet says nothing of those it may
        if (attempt.Error is { } told) model.Fail(told, attempt.ErrorBody, attempt.Scope.Cause is CancelCause.AttemptTimeout or CancelCause.Deadline or CancelCause.Idle ? "deadline" : "");
        settlement.Settle(call, model, attempt);
        model.Hold.Settle(attempt.Use);
        call.Record.AddAttempt(new AttemptRecord(
            attempt.Target.Name, Ticks.Microseconds(time, attempt.Start - call.StartTimestamp), Ticks.Microseconds(time, now - attempt.Start), attempt.Status,
            Outcome(attempt), attempt.Kind, attempt.Reason)
        { Use = attempt.Use });
    }

    /// <summary>The call has its answer, whole or broken off. Always true.</summary>
    public bool Finish(GatewayCall call, ModelCall model, ModelAttempt attempt)
    {
        var record = call.Record;
        record.Destination = attempt.Target.Name;
        record.Error = attempt.Reason;
        record.Use = attempt.Use;
        record.Outcome = attempt.CallerGone ? CallOutcome.ClientCancelled : attempt.Error is null ? CallOutcome.Ok : CallOutcome.Truncated;
        record.Facts |= AnswerFacts.Of(model, attempt);
        if (record.Outcome == CallOutcome.Ok && attempt.Skipped == 0 && !model.LacksFields) model.Slot?.Keep(attempt.Target.Name, attempt.Use, record.Facts);
        if (call.Shadow is { } shadow && attempt.Error is null && model.Journal?.Error is null) shadow.Primary = attempt.Copy; // of one attempt alone
        if (attempt.Skipped > 0) call.Note($"{attempt.Skipped} malformed events skipped");
        if (!attempt.Committed && attempt.Scope.Cause == CancelCause.Shutdown) call.Refuse(Refusals.Of(CancelCause.Shutdown));
        else if (!attempt.Committed) call.Refuse(Refusals.CallerGone);
        if (attempt.BreaksConnection) call.Http.Abort();
        return true;
    }

    /// <summary>What follows from a failed attempt. False: nothing more is to be tried at this alias.</summary>
    public static bool MayTryAgain(ModelCall model, ModelAttempt attempt, TargetSearch search)
    {
        if (StreamRescue.IsOpen(model))
        {
            if (attempt.Scope.Cause == CancelCause.Shutdown) model.Journal!.Stop();
            if (StreamRescue.IsLost(model)) return false;
            if (attempt.Status is 400 or 404 or 413 or 422) search.Exclude(attempt.Target); // it takes no begun answers; others may
            else if (attempt.WasSilent) search.Exclude(attempt.Target);
            if (attempt.Status is 401 or 402 or 403) model.Refuse(attempt.Key);
            return true;
        }

        if (attempt.Error!.Code == CallGuard.Unavailable) return false;
        if (attempt.Error!.Code == AnswerShape.Code) return model.Guard!.Shape!.MayTryAgain();
        // By status, whatever the words beside it say: some vendors call a 413 a rate limit.
        if (attempt.Status is 400 or 404 or 413 or 422 && attempt.Error!.Kind != ModelErrorKind.ContextLength) return false;
        switch (attempt.Error!.Kind)
        {
            case ModelErrorKind.InvalidRequest or ModelErrorKind.NotFound or ModelErrorKind.ContentFilter when attempt.Status is not (408 or 409):
                return false;
            case ModelErrorKind.ContextLength:
                search.ExcludeSmallerThan(attempt.Target);
                return true;
            case ModelErrorKind.Authentication or ModelErrorKind.Permission or ModelErrorKind.Billing:
                model.Refuse(attempt.Key);
                return true;
            default:
                if (attempt.WasSilent) search.Exclude(attempt.Target);
                return true;
        }
    }

    /// <summary>No attempt is possible. Always false.</summary>
    public static bool NoTarget(GatewayCall call, ModelCall model, TargetSearch search)
    {
        if (search.Troubles() is { Length: > 0 } troubles) call.Note($"no target: {troubles}");
        if (model.LastError is null && !search.CanDo)
            model.Fail(new ModelError(ModelErrorKind.InvalidRequest, 400, $"The model '{model.Asked}' cannot do this: none of its providers has this operation."));
        else if (model.LastError is null)
            model.Fail(ModelErrorWriter.Unavailable(search switch
            {
                { HasTargets: false } => "No target of the model takes calls like this one.",
                { IsBusy: true } => "All targets of the model have as many calls as they take. Try again later.",
                _ => "All targets of the model are off for now. Its operator finds the reason in the call log.",
            }), policy: search.IsBusy ? "queue" : "health");
        return false;
    }

    /// <summary>The deadline of the call has passed. Always false.</summary>
    public static bool OutOfTime(ModelCall model)
    {
        model.Fail(new ModelError(ModelErrorKind.Timeout, 504, "The model did not answer in time."), policy: "deadline");
        return false;
    }

    /// <summary>Tells the caller why there is no answer.</summary>
    public async ValueTask RefuseAsync(GatewayCall call, ModelCall model)
    {
        if (StreamRescue.IsOpen(model) && !call.Http.RequestAborted.IsCancellationRequested)
        {
            if (model.LastError is { } broken) call.Record.Facts |= AnswerFacts.Of(broken);
            await StreamRescue.FailAsync(call, model);
            return;
        }

        if (call.Http.RequestAborted.IsCancellationRequested)
        {
            call.Refuse(drain.Forced ? Refusals.Of(CancelCause.Shutdown) : Refusals.CallerGone);
            return;
        }

        if (model.LastError is { } error) call.Record.Facts |= AnswerFacts.Of(error);
        await ModelErrorWriter.WriteAsync(call, model);
    }

    private static bool IsTargetsFault(ModelErrorKind kind) => kind is ModelErrorKind.Server or ModelErrorKind.Timeout or ModelErrorKind.Overloaded;

    private static CallOutcome Outcome(ModelAttempt attempt) => attempt.Error?.Kind switch
    {
        _ when attempt.CallerGone || attempt.Scope.Cause == CancelCause.GivenUp => CallOutcome.ClientCancelled,
        null => CallOutcome.Ok,
        _ when attempt.Error.Code == CallGuard.Unavailable => CallOutcome.Unavailable,
        ModelErrorKind.Timeout => CallOutcome.Timeout,
        ModelErrorKind.RateLimit => CallOutcome.RateLimited,
        ModelErrorKind.InvalidRequest or ModelErrorKind.NotFound or ModelErrorKind.ContextLength or ModelErrorKind.ContentFilter => CallOutcome.ClientError,
        _ => attempt.Committed ? CallOutcome.Truncated : CallOutcome.UpstreamError,
    };

    private void Keys(ModelAttempt attempt, long now)
    {
        var (provider, key) = (attempt.Target.Provider.Name, attempt.Key);
        if (attempt.Error is { Kind: ModelErrorKind.Authentication or ModelErrorKind.Permission or ModelErrorKind.Billing } error)
        {
            if (key.State.TakeOut($"{attempt.Status} {error.Kind}", now)) Log.KeyOut(logger, key.Name, provider, attempt.Status, error.Kind);
        }
        else if (attempt.FirstToken != 0 && key.State.PutIn())
        {
            Log.KeyIn(logger, key.Name, provider);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1901, LogLevel.Warning, "Key '{Key}' of provider '{Provider}' is out: the provider refused it with {Status} ({Kind}). It is tried again once a minute")]
        public static partial void KeyOut(ILogger logger, string key, string provider, int status, ModelErrorKind kind);

        [LoggerMessage(1902, LogLevel.Information, "Key '{Key}' of provider '{Provider}' is in again")]
        public static partial void KeyIn(ILogger logger, string key, string provider);
    }
}
