using Tidegate.Core.Calls;
using Tidegate.Gateway.Request;
using Tidegate.Gateway.Request.Guard;
using Tidegate.Models.Chat;
using Tidegate.Models.Costs;
using Tidegate.Models.Costs.Tokens;
using Tidegate.Models.Providers;

namespace Tidegate.Gateway.Models.Costs;

/// <summary>
/// What an attempt used and cost, once it has ended, however it ended: as its provider told; where it did not, counted from what was sent and what came back, and
/// marked so. Called once per attempt, winners and losers alike.
/// </summary>
internal sealed class AttemptSettlement(TokenCounter counter, ModelMetrics metrics, TimeProvider time)
{
    private static readonly Usage Nothing = new();

    /// <summary>Sets <see cref="ModelAttempt.Use"/>, and that of the call: the last attempt told is the one that answered, or the last that failed.</summary>
    public void Settle(GatewayCall call, ModelCall model, ModelAttempt attempt)
    {
        var usage = UsageOf(model, attempt);
        var price = attempt.Target.Facts.Price;
        var cost = ReferenceEquals(usage, Nothing) ? new CallCost(0, price?.Currency ?? "USD", Estimated: false) : CallCost.Of(usage, price);
        attempt.Use = new ModelUse(attempt.Target.Provider.Name, attempt.Target.Config.Model)
        {
            InputTokens = usage?.Input,
            CachedInputTokens = usage?.CachedInput ?? 0,
            CacheWriteTokens = usage?.CacheWrite ?? 0,
            OutputTokens = usage?.Output,
            ReasoningTokens = usage?.Reasoning ?? 0,
            Cost = cost.Amount,
            Currency = cost.Currency,
            Estimated = cost.Estimated,
            FirstTokenUs = attempt.FirstToken == 0 ? -1 : Ticks.Microseconds(time, attempt.FirstToken - attempt.Start),
            InterTokenUs = InterToken(attempt, usage),
        };
        call.Record.Use = attempt.Use;
        metrics.Add(attempt.Use, isShadow: call.Record.Shadow is not null);
    }

    /// <summary>
    /// Completes when an attempt that has ended can be settled without delay. Where its tokens must be counted and the vocabulary is not there, that is loaded first, beside the calls: half a
    /// second of a thread of theirs would keep others from being told that their callers have left.
    /// </summary>
    public ValueTask ReadyAsync(ModelCall model, ModelAttempt attempt)
    {
        if (counter.IsLoaded || BillsNothing(attempt) || model.Face.Operation is not (ModelOperation.Chat or ModelOperation.Completion or ModelOperation.Embeddings)) return ValueTask.CompletedTask;
        if (attempt is { FirstToken: 0, Committed: false, CallerGone: false }) return ValueTask.CompletedTask; // nothing came, and what was sent is only estimated
        if (attempt is { Usage: not null, Error: null, CallerGone: false }) return ValueTask.CompletedTask;
        attempt.LetGo();
        return new ValueTask(counter.LoadAsync());
    }

    /// <summary>Tokens of a conversation whose provider told none, counted: what its caller is told, and what it is billed by.</summary>
    public Usage Count(ModelCall model, ModelAttempt attempt) => new() { Input = RequestTokens.Count(model.Body.Span, counter), Output = attempt.Delivered.Count(counter), Estimated = true };

    // Reasoning that was not shown came before the first token, and is in the provider's number of them.
    private long InterToken(ModelAttempt attempt, Usage? usage)
    {
        if (attempt.LastToken == 0 || usage is null) return -1;
        var tokens = attempt.Delivered.HasThoughts ? usage.Output : usage.Output - usage.Reasoning;
        return tokens < 2 ? -1 : Ticks.Microseconds(time, Math.Max(0, attempt.LastToken - attempt.FirstToken - attempt.CallersTicks)) / (tokens - 1);
    }

    private Usage? UsageOf(ModelCall model, ModelAttempt attempt)
    {
        if (model.Face.Operation == ModelOperation.CountTokens || BillsNothing(attempt)) return Nothing;
        if (attempt.Usage is { } told) return attempt.Error is null && !attempt.CallerGone ? told : WithDelivered(told, attempt);
        return model.Face.Operation switch
        {
            ModelOperation.Chat or ModelOperation.Completion => new Usage { Input = Input(model, attempt), Output = attempt.Delivered.Count(counter), Estimated = true },
            ModelOperation.Embeddings => new Usage { Input = Input(model, attempt), Estimated = true },
            _ => null, // images, sound and the like: their units are not tokens of the text
        };
    }

    // While the caller still waits for another attempt, nothing is tokenized: four bytes a token.
    private long Input(ModelCall model, ModelAttempt attempt) =>
        attempt.Committed || attempt.CallerGone ? RequestTokens.Count(model.Body.Span, counter) : RequestTokens.Rough(model.Body.Span);

    // Never sent, never received, or refused: vendors bill answers. One that was given up while the provider was working is billed for what it read.
    private static bool BillsNothing(ModelAttempt attempt) =>
        attempt.Error is not null && attempt.FirstToken == 0 && attempt.Scope.Cause is CancelCause.None or CancelCause.Shutdown;

    // Some tell the input at the start and the output at the end, which never came.
    private Usage WithDelivered(Usage told, ModelAttempt attempt)
    {
        var more = attempt.Delivered.Count(counter);
        return more == 0 ? told : told with { Output = told.Output + more, Estimated = true };
    }
}
