using Tidegate.Core.Ports;
using Tidegate.Gateway.Models.Guarding;
using Tidegate.Gateway.Models.Targets;
using Tidegate.Gateway.Request;
using Tidegate.Gateway.Request.Guard;
using Tidegate.Models.Chat;

namespace Tidegate.Gateway.Models;

/// <summary>
/// The retry budget of an alias (semantics 1.2). Whatever alias an attempt goes to pays for it: a fallback is load on the targets behind the fallback. What grows with the
/// load is what is counted: attempts after failures. Those that follow from the request itself (a longer window, another policy, a wrong shape) or from a refused key are
/// as many whether or not a provider is in trouble, and are let pass.
/// </summary>
internal sealed class RetryGate(GuardMetrics metrics, IRandomSource random, TimeProvider time)
{
    /// <summary>True when the call's next attempt may be made at an alias. Its first one always may; it counts as a call there.</summary>
    public bool MayGo(GatewayCall call, ModelCall model, AliasModel alias, long now)
    {
        if (model.Attempts == 0)
        {
            alias.State.Retries.CountCall(now);
            return true;
        }

        return !FollowsAFailure(model.LastError) || TryTake(alias, now) || Refuse(call, alias, "retry");
    }

    /// <summary>
    /// Waits before a target is asked again that has failed in this call: exponentially longer, with full jitter. False when the deadline of the call leaves no time for that, or
    /// nobody waits for the answer any more.
    /// </summary>
    public async ValueTask<bool> WaitAsync(GatewayCall call, ModelCall model, AliasModel alias, TargetSearch search, long now)
    {
        if (model.Attempts == 0 || !FollowsAFailure(model.LastError) || search.HasUntried(now)) return true;
        if (search.ReopensIn(now) is not { Ticks: 0 }) return true; // none could be asked after it
        var wait = Backoff.Before(++model.Waits, alias.Config.Retry.BackoffBase, alias.Config.Retry.BackoffMax, random);
        if (Ticks.After(now, Ticks.Of(time, wait)) >= model.Deadline)
        {
            metrics.RetryRefused(alias.Name, "deadline");
            call.Note("no retry: deadline");
            return false;
        }

        model.WaitedMs = (int)Math.Round(wait.TotalMilliseconds);
        if (wait > TimeSpan.Zero) await Task.Delay(wait, time, call.Http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !call.Http.RequestAborted.IsCancellationRequested;
    }

    /// <summary>True when a second attempt may be made beside a slow one.</summary>
    public bool MayHedge(GatewayCall call, AliasModel alias, long now) => TryTake(alias, now) || Refuse(call, alias, "hedge");

    private static bool FollowsAFailure(ModelError? error) => error is not (null
        or { Kind: ModelErrorKind.ContextLength or ModelErrorKind.ContentFilter or ModelErrorKind.Authentication or ModelErrorKind.Permission or ModelErrorKind.Billing }
        or { Code: AnswerShape.Code });

    private static bool TryTake(AliasModel alias, long now) => alias.State.Retries.TryTake(alias.Config.Retry.BudgetRatio, alias.Config.Retry.BudgetMinimumPerSecond, now);

    private bool Refuse(GatewayCall call, AliasModel alias, string what)
    {
        metrics.RetryRefused(alias.Name, "budget");
        call.Note($"no {what}: budget of {alias.Name}");
        return false;
    }
}
