using Tidegate.Gateway.Models.Targets;
using Tidegate.Gateway.Request;
using Tidegate.Gateway.Request.Guard;

namespace Tidegate.Gateway.Models.Queueing;

/// <summary>Finds the next target of a call; where all that would take it are busy, and their alias has a queue, the call waits for one.</summary>
internal sealed class TargetQueue(GuardMetrics metrics, TimeProvider time)
{
    /// <summary>At the latest after this long a waiting call looks again by itself: places also become free through other aliases of the same target.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);

    /// <summary>The next attempt; null when none is possible, or when waiting for it took too long.</summary>
    public ValueTask<TargetChoice?> NextAsync(GatewayCall call, ModelCall model, AliasModel alias, TargetSearch search)
    {
        // Whoever comes while others wait waits behind them.
        if (alias.Config.Queue is null || alias.State.Waiting.Count == 0)
        {
            var now = time.GetTimestamp();
            if (search.Next(now) is { } choice) return ValueTask.FromResult<TargetChoice?>(choice);
            if (alias.Config.Queue is null || !search.IsBusy) return ValueTask.FromResult<TargetChoice?>(null);
        }

        return WaitAsync(call, model, alias, search);
    }

    private async ValueTask<TargetChoice?> WaitAsync(GatewayCall call, ModelCall model, AliasModel alias, TargetSearch search)
    {
        var (config, line, began) = (alias.Config.Queue!, alias.State.Waiting, time.GetTimestamp());
        if (line.Join(-(int)call.Priority, config.Limit) is not { } ticket) return Refuse(call, model, alias, "queue_full");
        var until = Math.Min(model.Deadline, Ticks.After(began, Ticks.Of(time, config.Timeout)));
        var isServed = false;
        try
        {
            while (true)
            {
                ticket.Reset();
                var now = time.GetTimestamp();
                if (ticket.IsEvicted) return Refuse(call, model, alias, "queue_full");
                if (line.IsFirst(ticket))
                {
                    var choice = search.Next(now);
                    isServed = choice is not null;
                    if (isServed) call.Note($"waited {Ticks.Microseconds(time, now - began) / 1000} ms for a place");
                    if (isServed || !search.IsBusy) return choice;
                }

                if (now >= until) return now >= model.Deadline ? OutOfTime(call, model, alias) : Refuse(call, model, alias, "queue_timeout");
                var left = Ticks.Span(time, until - now) + TimeSpan.FromMilliseconds(1);
                using var over = CancellationTokenSource.CreateLinkedTokenSource(call.Http.RequestAborted);
                await Task.WhenAny(ticket.Signal, Task.Delay(left < LookAgain ? left : LookAgain, time, over.Token));
                await over.CancelAsync();
                if (call.Http.RequestAborted.IsCancellationRequested) return null;
            }
        }
        finally
        {
            line.Leave(ticket, wakeNext: !isServed); // one that is served wakes the next when it has taken its place
        }
    }

    private TargetChoice? OutOfTime(GatewayCall call, ModelCall model, AliasModel alias)
    {
        metrics.Shed(alias.Name, call.Priority, "queue_timeout");
        call.Note($"queue of {alias.Name}: deadline");
        ModelJudge.OutOfTime(model);
        return null;
    }

    private TargetChoice? Refuse(GatewayCall call, ModelCall model, AliasModel alias, string reason)
    {
        metrics.Shed(alias.Name, call.Priority, reason);
        call.Note($"queue of {alias.Name}: {reason}");
        model.Fail(ModelErrorWriter.Unavailable("All targets of the model have as many calls as they take. Try again later."), policy: "queue");
        return null;
    }
}
