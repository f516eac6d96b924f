using Tidegate.Core.Calls;
using Tidegate.Core.Ports;
using Tidegate.Gateway.Models.Bodies;
using Tidegate.Gateway.Models.Budgets;
using Tidegate.Gateway.Models.Caching;
using Tidegate.Gateway.Models.Guarding;
using Tidegate.Gateway.Models.Hedging;
using Tidegate.Gateway.Models.Operations;
using Tidegate.Gateway.Models.Prompts;
using Tidegate.Gateway.Models.Queueing;
using Tidegate.Gateway.Models.Rescue;
using Tidegate.Gateway.Models.Responses;
using Tidegate.Gateway.Models.Shadows;
using Tidegate.Gateway.Models.Targets;
using Tidegate.Gateway.Request;
using Tidegate.Gateway.Request.Guard;
using Tidegate.Gateway.Request.Record;
using Tidegate.Models.Providers;

namespace Tidegate.Gateway.Models;

/// <summary>A model call on one screen: what is wanted, the alias, its targets until one answers, its fallbacks, the error when none did.</summary>
internal sealed class ModelStage(ModelRequestReader requests, KeptResponses kept, RetryGate retries, ModelHedge hedge, TargetQueue queue, ModelJudge judge, BudgetGate budgets, LocalCount count, ShadowGate shadows, CallMetrics metrics, IBodySink bodies, DrainState drain, IRandomSource random, TimeProvider time)
{
    /// <summary>Runs the call to its answer or its refusal.</summary>
    public async ValueTask RunAsync(GatewayCall call)
    {
        call.Record.Kind = "model";
        if (ModelList.Find(call) is { } list)
        {
            await list.WriteAsync(call);
            return;
        }

        if (KeptResponses.Takes(call))
        {
            await kept.AnswerAsync(call);
            return;
        }

        if (OllamaCard.IsVersion(call))
        {
            await OllamaCard.WriteVersionAsync(call);
            return;
        }

        if (PromptDocument.Find(call) is { } document)
        {
            await PromptDocument.WriteAsync(call, document);
            return;
        }

        using var model = await requests.ReadAsync(call);
        if (model is null || AliasAccess.Find(call, model.Asked) is not { } alias) return;
        if (model.Face.Operation == ModelOperation.Show)
        {
            await OllamaCard.WriteAsync(call, alias);
            return;
        }

        Begin(call, model, alias);
        call.Record.Service = alias.Name;
        call.Counters = metrics.For(call.Route.Name, alias.Name);
        if (alias.Bodies is { } keep && !call.IsProbe) BodyRecording.Begin(call, model, keep, bodies, random);
        if (await CachedCalls.TryAnswerAsync(call, model, alias) || !await CallGuard.ApplyAsync(call, model, alias)) return;
        if (LocalCount.Takes(model, alias))
        {
            await count.RunAsync(call, model);
            return;
        }

        if (!call.IsProbe) shadows.Choose(call, model, alias);
        model.Journal = StreamRescue.Begin(model, alias);
        if (await TryAsync(call, model, alias, AttemptKind.First)) return;
        var fallbacks = AttemptBudget.Fallbacks(alias.Config, model.LastError);
        for (var i = 0; i < fallbacks.Count; i++)
        {
            if (StreamRescue.IsLost(model) || call.Http.RequestAborted.IsCancellationRequested || time.GetTimestamp() >= model.Deadline || !call.Snapshot.Models.TryFind(fallbacks[i], out var fallback)) break;
            call.Note($"fallback: model {fallbacks[i]}");
            model.MostAttempts = AttemptBudget.OfFallback(alias.Config, fallback.Config, model.Attempts, fallbacks.Count - 1 - i);
            if (!await CallGuard.ApplyAsync(call, model, fallback))
            {
                if (StreamRescue.IsOpen(model)) break; // its caller has a stream that must be ended
                return;
            }

            if (await TryAsync(call, model, fallback, AttemptKind.Fallback)) return;
        }

        await judge.RefuseAsync(call, model);
    }

    // One deadline and one budget of attempts for retries, fallbacks and hedges. The caller's own deadline shortens ours, streams included.
    private void Begin(GatewayCall call, ModelCall model, AliasModel alias)
    {
        model.MostAttempts = AttemptBudget.OfAlias(alias.Config);
        model.Deadline = Ticks.After(call.StartTimestamp, alias.Total);
        if (CallerDeadline.Read(call.Http.Request.Headers, call.IsGrpc) is { } callers)
            model.Deadline = Math.Min(model.Deadline, Ticks.After(call.StartTimestamp, Ticks.Of(time, callers)));
    }

    // True when the call was answered, or nobody is there any more.
    private async ValueTask<bool> TryAsync(GatewayCall call, ModelCall model, AliasModel alias, AttemptKind kind)
    {
        using var hold = budgets.Enter(call, model, alias, out var noRoom);
        if (hold is null) return BudgetGate.Refuse(call, kind, noRoom!);
        model.Hold = hold;
        var search = new TargetSearch(call, model, alias, random, time);
        if (await TryAsync(call, model, alias, kind, hold, search)) return true;
        if (search.ReopensIn(time.GetTimestamp()) is { } wait) model.Reopens(wait);
        return false;
    }

    private async ValueTask<bool> TryAsync(GatewayCall call, ModelCall model, AliasModel alias, AttemptKind kind, BudgetHold hold, TargetSearch search)
    {
        string? failed = null;
        for (var before = model.Attempts; model.Attempts < model.MostAttempts;)
        {
            var now = time.GetTimestamp();
            if (now >= model.Deadline) return ModelJudge.OutOfTime(model);
            if (model.Attempts > before && hold.TopUp() is { } spent) return BudgetGate.Refuse(call, kind, spent);
            if (!retries.MayGo(call, model, alias, now) || !await retries.WaitAsync(call, model, alias, search, now)) return false;
            if (StreamRescue.IsOpen(model)) search.Keep(t => StreamRescue.Fits(model, t));
            if (await queue.NextAsync(call, model, alias, search) is not { } choice) return ModelJudge.NoTarget(call, model, search);
            if (failed is not null) call.Note($"retry {model.Attempts}: {failed}");
            if (model.WaitedMs > 0) call.Note($"waited {model.WaitedMs} ms before the same target");
            model.WaitedMs = 0;
            model.Attempts++;
            using var first = new ModelAttempt(call, model, choice, kind, time, drain) { Line = alias.State.Waiting };
            alias.State.Waiting.Wake(); // it has its place: the next one may look
            using var attempt = await hedge.RunAsync(call, model, alias, first, search);
            await judge.ReadyAsync(model, attempt);
            judge.Report(call, model, attempt);
            if (StreamRescue.MayGoOn(model, attempt)) StreamRescue.Note(call, model, attempt);
            else if (attempt.Committed || attempt.CallerGone || (attempt.Scope.Cause == CancelCause.Shutdown && !StreamRescue.IsOpen(model))) return judge.Finish(call, model, attempt);
            if (!ModelJudge.MayTryAgain(model, attempt, search)) return false;
            failed = attempt.Committed ? null : attempt.Reason;
            if (kind == AttemptKind.First) kind = AttemptKind.Retry;
        }

        return false;
    }
}
