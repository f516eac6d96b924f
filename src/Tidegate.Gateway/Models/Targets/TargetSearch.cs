using Tidegate.Core.Ports;
using Tidegate.Gateway.Models.Operations;
using Tidegate.Gateway.Request;
using Tidegate.Gateway.Request.Guard;
using Tidegate.Models.Providers;

namespace Tidegate.Gateway.Models.Targets;

/// <summary>Finds target and key for the attempts of a call at one alias: the strategy's order, each target once before any is tried twice.</summary>
internal sealed class TargetSearch
{
    private readonly ModelCall _model;
    private readonly TargetModel[] _order;
    private readonly int[] _tries;
    private readonly IRandomSource _random;
    private readonly TimeProvider _time;

    public TargetSearch(GatewayCall call, ModelCall model, AliasModel alias, IRandomSource random, TimeProvider time)
    {
        (_model, _random, _time) = (model, random, time);
        CanDo = model.Face.Operation == ModelOperation.Chat;
        var (targets, count) = (new TargetModel[alias.Targets.Length], 0);
        foreach (var target in alias.Targets)
        {
            var leads = Wire.Leads(model.Face, target);
            CanDo |= leads;
            if (leads && TargetCondition.Holds(target, call, model)) targets[count++] = target;
        }

        _order = count == targets.Length ? targets : targets[..count];
        _tries = new int[_order.Length];
        TargetOrder.Apply(_order, call, model, alias, random, time.GetTimestamp());
        for (var i = 0; i < _order.Length; i++)
            if (model.IsLeft(_order[i].Name) || (_order[i].ContextWindow > 0 && _order[i].ContextWindow <= model.TooSmallWindow)) _tries[i] = int.MaxValue;
        if (model.EstimatedTokens == 0) return;
        for (var i = 0; i < _order.Length; i++)
            if (_order[i].ContextWindow > 0 && model.EstimatedTokens > 2 * _order[i].ContextWindow) _tries[i] = int.MaxValue; // twice: the estimate is rough
    }

    /// <summary>Some target has the operation that is wanted.</summary>
    public bool CanDo { get; }

    /// <summary>There are targets for calls like this one.</summary>
    public bool HasTargets => _order.Length > 0;

    /// <summary>A target that is well could not be chosen lately because it has as many calls as it may.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>The next attempt, or null when none is possible now.</summary>
    public TargetChoice? Next(long now)
    {
        IsBusy = false;
        for (var tries = 0; tries <= _model.Attempts; tries++)
        {
            for (var i = 0; i < _order.Length; i++)
            {
                if (_tries[i] != tries || Key(_order[i], now) is not { } choice) continue;
                _tries[i]++;
                return choice;
            }
        }

        return null;
    }

    /// <summary>There is a target that this call has not asked, and nothing known keeps it out. Nothing is taken.</summary>
    public bool HasUntried(long now)
    {
        for (var i = 0; i < _order.Length; i++)
            if (_tries[i] == 0 && ReopensAt(_order[i]) <= now) return true;
        return false;
    }

    /// <summary>An attempt at a target that this call has not asked; null when none is possible now.</summary>
    public TargetChoice? NextUntried(long now)
    {
        for (var i = 0; i < _order.Length; i++)
        {
            if (_tries[i] != 0 || Key(_order[i], now) is not { } choice) continue;
            _tries[i]++;
            return choice;
        }

        return null;
    }

    /// <summary>Takes a target out for the rest of the call, whatever other alias it also stands behind.</summary>
    public void Exclude(TargetModel target)
    {
        _model.Leave(target.Name);
        for (var i = 0; i < _order.Length; i++)
            if (_order[i].Name == target.Name) _tries[i] = int.MaxValue;
    }

    /// <summary>Takes out every target of the alias that does not fit.</summary>
    public void Keep(Func<TargetModel, bool> fits)
    {
        for (var i = 0; i < _order.Length; i++)
            if (!fits(_order[i])) _tries[i] = int.MaxValue;
    }

    /// <summary>Takes out every target whose window is not larger than this one's; of other aliases those of which that is known.</summary>
    public void ExcludeSmallerThan(TargetModel target)
    {
        Exclude(target);
        _model.TooSmallWindow = Math.Max(_model.TooSmallWindow, target.ContextWindow);
        Keep(other => other.ContextWindow > target.ContextWindow);
    }

    /// <summary>
    /// Time until the first target may take calls again: when the last of what keeps it out ends, be it its breaker, what its provider asked for, or the rest of a refused key.
    /// Zero when one is not kept out, which may be busy or being probed; null when no target takes calls like this one.
    /// </summary>
    public TimeSpan? ReopensIn(long now)
    {
        var first = Ticks.Never;
        foreach (var target in _order) first = Math.Min(first, ReopensAt(target));
        return first == Ticks.Never ? null : Ticks.Span(_time, first - now);
    }

    /// <summary>What is wrong with the targets, one after the other; empty when nothing is.</summary>
    public string Troubles() => string.Join(
        "; ", _order.SelectMany(target => Enumerable.Range(0, target.States.Length).Select(at => TargetTrouble.Of(target, at, _time) is { } trouble ? $"{target.Name}: {trouble}" : "")).Where(words => words.Length > 0).Distinct(StringComparer.Ordinal));

    private long ReopensAt(TargetModel target)
    {
        var first = Ticks.Never;
        for (var at = 0; at < target.States.Length; at++) first = Math.Min(first, TargetTrouble.Ends(target, at, _time));
        return first;
    }

    // Keys stand by priority; among equals the draw decides where to begin.
    private TargetChoice? Key(TargetModel target, long now)
    {
        var keys = target.Provider.Keys;
        var utc = _time.GetUtcNow().UtcTicks;
        for (var from = 0; from < keys.Length;)
        {
            var to = from;
            var weights = 0;
            while (to < keys.Length && keys[to].Priority == keys[from].Priority) weights += keys[to++].Weight;
            var draw = to - from == 1 ? 0 : _random.Next(weights);
            var first = from;
            while ((draw -= keys[first].Weight) >= 0) first++;
            for (var n = 0; n < to - from; n++)
            {
                var at = from + ((first - from + n) % (to - from));
                if (Enter(target, at, now, utc) is { } choice) return choice;
            }

            from = to;
        }

        return null;
    }

    private TargetChoice? Enter(TargetModel target, int at, long now, long utc)
    {
        var (key, state) = (target.Provider.Keys[at], target.States[at]);
        if (utc >= key.ExpiresAt || _model.IsRefused(key)) return null;
        if (state.Floor.OffUntil > now || !key.State.IsUsable(now)) return null;
        if (!target.Load.TryEnter(target.Config.MaxConcurrent))
        {
            IsBusy |= key.State.Reason is null && state.Breaker.ClosedToCallsUntil(now) <= now;
            return null;
        }

        var entry = state.Breaker.TryEnter(target.Provider.Config.Breaker, now);
        if (entry != BreakerEntry.Refused)
        {
            // The key last: one that is out is lent once a minute, and must not be lent for nothing.
            if (key.State.TryUse(now, out var lent)) return new TargetChoice(target, key, state, entry, lent);
            state.Breaker.Release(entry);
        }

        target.Load.Leave();
        return null;
    }
}
