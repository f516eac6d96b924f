using Tidegate.Core.Calls;
using Tidegate.Gateway.Request.Balance;
using Tidegate.Gateway.Request.Forward;
using Tidegate.Gateway.Snapshot;

namespace Tidegate.Gateway.Request.Guard;

/// <summary>A second attempt beside a slow first one; the first usable answer wins, and the other attempt is cancelled and waited for.</summary>
internal sealed class HedgeRace(BalanceStage balance, ForwardStage forward, AttemptJudge judge, DrainState drain, TimeProvider time)
{
    /// <summary>Hedging is on for the service, and this call can be sent twice.</summary>
    public bool Applies(GatewayCall call, ServiceModel service, int attempts, int maxAttempts) =>
        service.Guard.Config.Hedging is not null && attempts == 1 && maxAttempts > 1 && !call.HasBody && UpstreamRequest.IsIdempotent(call.Http.Request.Method);

    /// <summary>Opens the first attempt, and a second one when it is slow. Gives the one to use, and whether two were made; the other is recorded.</summary>
    public async ValueTask<(Attempt Winner, bool Hedged)> OpenAsync(GatewayCall call, Attempt first)
    {
        var one = forward.OpenAsync(call, first).AsTask();
        if (!await IsSlowAsync(first, one) || Second(call, first.Service) is not { } second)
        {
            await one;
            return (first, false);
        }

        var two = forward.OpenAsync(call, second).AsTask();
        await Task.WhenAny(one, two);
        var (leader, other) = one.IsCompleted ? (first, second) : (second, first);
        if (RetryRule.IsWorthIt(leader))
        {
            // It came first with nothing to show: the other one may still do.
            await (other == first ? one : two);
            if (!RetryRule.IsWorthIt(other)) (leader, other) = (other, leader);
        }

        await LoseAsync(call, other, other == first ? one : two);
        return (leader, true);
    }

    private async ValueTask<bool> IsSlowAsync(Attempt first, Task opening)
    {
        var wait = first.Service.Guard.Config.Hedging!.Delay;
        if (wait <= TimeSpan.Zero) wait = Ticks.Span(time, first.Service.State.Latency.P95(first.Start));
        if (wait <= TimeSpan.Zero) return false; // nothing known yet of how long answers take
        using var answered = new CancellationTokenSource();
        await Task.WhenAny(opening, Task.Delay(wait, time, answered.Token));
        await answered.CancelAsync();
        return !opening.IsCompleted;
    }

    private Attempt? Second(GatewayCall call, ServiceModel service)
    {
        var now = time.GetTimestamp();
        var (config, state) = (service.Guard.Config, service.State);
        if (state.Hedges.Read(now).Total + 1 > config.Hedging!.MaxShare * state.Retries.Calls(now)) return null;
        var choice = balance.Choose(call, service, now);
        if (choice.Destination is null) return null;
        if (!state.Retries.TryTake(config.Retry.BudgetRatio, config.Retry.BudgetMinimumPerSecond, now))
        {
            choice.Destination.State.Breaker.Release(choice.Entry);
            return null;
        }

        state.Hedges.Add(now, failed: false);
        var second = new Attempt(time, drain);
        second.Begin(call, service, choice, AttemptKind.Hedge, now);
        call.Tried.Add(choice.Destination);
        call.Note($"hedge: {choice.Destination.Name}");
        return second;
    }

    private async ValueTask LoseAsync(GatewayCall call, Attempt loser, Task opening)
    {
        loser.Scope.Cancel(CancelCause.GivenUp);
        await opening;
        judge.AtHeaders(call, loser);
        // An answer that came all the same was not used; a failure stays one.
        if (loser.Failure == UpstreamFailure.None && !RetryRule.IsWorthIt(loser)) judge.Record(call, loser, CallOutcome.ClientCancelled, "another attempt was faster");
        else judge.Record(call, loser, AttemptJudge.Outcome(call, loser));
        await loser.EndAsync();
        loser.Scope.Dispose();
    }
}
