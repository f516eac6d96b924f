using Tidegate.Core.Calls;
using Tidegate.Gateway.Models.Rescue;
using Tidegate.Gateway.Models.Targets;
using Tidegate.Gateway.Request;
using Tidegate.Gateway.Request.Guard;

namespace Tidegate.Gateway.Models.Hedging;

/// <summary>
/// Runs an attempt; where its alias is hedged and it has said nothing for longer than 95 of 100 calls took, a second one beside it, at another target. The first token
/// decides. The loser is cancelled, judged and recorded like any other attempt.
/// </summary>
internal sealed class ModelHedge(AttemptRun run, ModelJudge judge, RetryGate retries, DrainState drain, TimeProvider time)
{
    /// <summary>Runs them, and gives the one that stands for the outcome; it is not judged yet, the other one is.</summary>
    public ValueTask<ModelAttempt> RunAsync(GatewayCall call, ModelCall model, AliasModel alias, ModelAttempt first, TargetSearch search) =>
        alias.Config.Hedging is null || model.Face.AnswersRaw || model.Guard is not null || StreamRescue.IsOpen(model) // guardrails look at one answer at a time
            ? AloneAsync(call, model, alias, first)
            : BesideAsync(call, model, alias, first, search);

    private async ValueTask<ModelAttempt> AloneAsync(GatewayCall call, ModelCall model, AliasModel alias, ModelAttempt first)
    {
        await run.RunAsync(call, model, alias, first);
        return first;
    }

    private async ValueTask<ModelAttempt> BesideAsync(GatewayCall call, ModelCall model, AliasModel alias, ModelAttempt first, TargetSearch search)
    {
        if (first.Kind != AttemptKind.Retry) alias.State.Calls.Add(first.Start, failed: false);
        var gate = first.Gate = new HedgeGate(model.Stream ? alias.State.FirstTokens : alias.State.Answers);
        var one = run.RunAsync(call, model, alias, first).AsTask();
        if (!await IsSlowAsync(model, alias, first, one) || Second(call, model, alias, first, search) is not { } second)
        {
            await one;
            return first;
        }

        var two = run.RunAsync(call, model, alias, second).AsTask();
        try
        {
            return await RaceAsync(call, model, search, (first, one), (second, two));
        }
        catch
        {
            // The other one still works with what belongs to the call.
            first.Scope.Cancel(CancelCause.GivenUp);
            second.Scope.Cancel(CancelCause.GivenUp);
            await Task.WhenAll(one, two).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            second.Dispose();
            throw;
        }
    }

    private async ValueTask<bool> IsSlowAsync(ModelCall model, AliasModel alias, ModelAttempt first, Task running)
    {
        var wait = Ticks.Span(time, (model.Stream ? alias.State.FirstTokens : alias.State.Answers).P95(first.Start));
        if (wait <= TimeSpan.Zero) return false; // too little is known yet
        using var over = new CancellationTokenSource();
        await Task.WhenAny(running, first.Gate!.Decided, Task.Delay(wait, time, over.Token));
        await over.CancelAsync();
        return !running.IsCompleted && first.Gate.Winner is null;
    }

    private ModelAttempt? Second(GatewayCall call, ModelCall model, AliasModel alias, ModelAttempt first, TargetSearch search)
    {
        var now = time.GetTimestamp();
        if (model.Attempts >= model.MostAttempts || now >= model.Deadline) return null;
        if (alias.State.Hedges.Read(now).Total + 1 > alias.Config.Hedging!.MaxShare * alias.State.Calls.Read(now).Total) return null;
        if (!model.Hold.TryAnother()) return null; // a budget has no room for both
        if (search.NextUntried(now) is not { } choice)
        {
            model.Hold.DropAnother();
            return null;
        }

        if (!retries.MayHedge(call, alias, now))
        {
            choice.GiveBack();
            model.Hold.DropAnother();
            return null;
        }

        model.Attempts++;
        alias.State.Hedges.Add(now, failed: false);
        call.Note($"hedge: {choice.Target.Name}");
        return new ModelAttempt(call, model, choice, AttemptKind.Hedge, time, drain) { Gate = first.Gate, Line = alias.State.Waiting };
    }

    private async ValueTask<ModelAttempt> RaceAsync(GatewayCall call, ModelCall model, TargetSearch search, (ModelAttempt Attempt, Task Running) one, (ModelAttempt Attempt, Task Running) two)
    {
        var gate = one.Attempt.Gate!;
        await Task.WhenAny(gate.Decided, Task.WhenAll(one.Running, two.Running));
        var (leader, other) = gate.Winner == two.Attempt ? (two, one) : (one, two);
        if (gate.Winner is not null && other.Attempt.Error is null) other.Attempt.Scope.Cancel(CancelCause.GivenUp);
        await other.Running;
        judge.Report(call, model, other.Attempt);
        if (gate.Winner is null) ModelJudge.MayTryAgain(model, other.Attempt, search); // both failed: what follows from this one's error too
        other.Attempt.Dispose();
        await leader.Running;
        return leader.Attempt;
    }
}
