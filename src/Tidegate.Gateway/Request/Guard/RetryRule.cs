using System.Runtime.InteropServices;
using Tidegate.Core.Ports;
using Tidegate.Gateway.Request.Balance;
using Tidegate.Gateway.Request.Forward;

namespace Tidegate.Gateway.Request.Guard;

/// <summary>May a failed attempt be followed by another one, and after which wait.</summary>
internal sealed class RetryRule(BalanceStage balance, IRandomSource random, TimeProvider time, GuardMetrics metrics)
{
    private const string IdempotencyKey = "Idempotency-Key";

    /// <summary>A second execution of this call does no harm, or is accepted. A tunnel that was not opened did none.</summary>
    public static bool IsSafe(GatewayCall call) =>
        call.IsUpgrade || UpstreamRequest.IsIdempotent(call.Http.Request.Method) || call.Route.RetryUnsafe || call.Http.Request.Headers.ContainsKey(IdempotencyKey);

    /// <summary>Another attempt could do better.</summary>
    public static bool IsWorthIt(Attempt attempt) => attempt.Failure switch
    {
        UpstreamFailure.None => attempt.Service.Guard.IsRetried(attempt.Status) || (attempt.Status == 429 && attempt.RetryAfter is not null),
        UpstreamFailure.CallerGone or UpstreamFailure.CallerBody or UpstreamFailure.GivenUp or UpstreamFailure.Shutdown => false,
        UpstreamFailure.Timeout => attempt.Scope.Cause != CancelCause.Deadline,
        _ => true,
    };

    /// <summary>Decides. A yes has taken one retry out of the budget.</summary>
    public RetryDecision Decide(GatewayCall call, Attempt attempt, int attempts, int maxAttempts)
    {
        if (maxAttempts <= 1) return default;
        var service = attempt.Service;
        if (attempts >= maxAttempts) return Refuse(call, service.Name, "attempts");
        var sent = attempt.Failure is not (UpstreamFailure.Connect or UpstreamFailure.NotProcessed);
        if ((sent && !IsSafe(call)) || !(call.HasBody ? call.Body.CanBeSentAgain : true)) return Refuse(call, service.Name, "not_safe");
        var now = time.GetTimestamp();
        var wait = Backoff.Before(attempts, service.Config.Resilience.Retry, random);
        // Its Retry-After binds us too, when there is nowhere else to go.
        if (attempt.RetryAfter is { } floor && floor > wait && !balance.HasUntried(call, service, now)) wait = floor;
        if (Ticks.After(now, Ticks.Of(time, wait)) >= call.DeadlineTimestamp) return Refuse(call, service.Name, "deadline");
        var budget = service.Config.Resilience.Retry;
        if (!service.State.Retries.TryTake(budget.BudgetRatio, budget.BudgetMinimumPerSecond, now)) return Refuse(call, service.Name, "budget");
        return new RetryDecision(true, wait);
    }

    private RetryDecision Refuse(GatewayCall call, string service, string reason)
    {
        metrics.RetryRefused(service, reason);
        call.Note($"no retry: {reason}");
        return default;
    }
}

/// <summary>Whether to try again.</summary>
/// <param name="Again">True: after <paramref name="Wait"/>.</param>
/// <param name="Wait">Backoff.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RetryDecision(bool Again, TimeSpan Wait);
