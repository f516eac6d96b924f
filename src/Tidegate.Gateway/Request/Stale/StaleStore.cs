using Tidegate.Core.Resources.Routes;

namespace Tidegate.Gateway.Request.Stale;

/// <summary>The answers a route keeps, within a number of bytes; those not asked for the longest go first. Thread-safe.</summary>
/// <param name="config">What the document says.</param>
/// <param name="counts">Where drops are counted.</param>
/// <param name="time">Clock.</param>
internal sealed class StaleStore(StaleConfig config, StaleCounts counts, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _byKey = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _byUse = new(); // last asked for first
    private readonly Dictionary<string, StaleTarget> _targets = new(StringComparer.Ordinal);
    private long _bytes, _incoming;

    /// <summary>What the document says; <c>serve</c> is the model's.</summary>
    public StaleConfig Config { get; } = config;

    /// <summary>Memory in use.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate) return _bytes;
        }
    }

    /// <summary>Answers in it.</summary>
    public long Entries
    {
        get
        {
            lock (_gate) return _byKey.Count;
        }
    }

    /// <summary>The newest answer that a call may be given; null for none.</summary>
    public KeptAnswer? Find(GatewayCall call)
    {
        var target = StaleKey.Target(call);
        string[][] rules;
        lock (_gate)
        {
            if (!_targets.TryGetValue(target, out var known)) return null;
            rules = known.Rules;
        }

        var caller = StaleKey.Caller(call);
        KeptAnswer? best = null;
        foreach (var vary in rules)
        {
            best = Newer(best, Take(StaleKey.Answer(call, target, caller, vary)));
            best = Newer(best, Take(StaleKey.Answer(call, target, StaleKey.Everybody, vary)));
        }

        return best;
    }

    /// <summary>Keeps an answer to a call, in place of an older one. False when it was not kept.</summary>
    /// <param name="call">Who asked for what.</param>
    /// <param name="everybodys">It may be given to everybody.</param>
    /// <param name="vary">Request headers it depends on.</param>
    /// <param name="answer">The answer.</param>
    public bool Keep(GatewayCall call, bool everybodys, string[] vary, KeptAnswer answer)
    {
        if (answer.Bytes > Config.MaxBytes)
        {
            counts.Drop(StaleDrop.TooLarge);
            return false;
        }

        var target = StaleKey.Target(call);
        var key = StaleKey.Answer(call, target, everybodys ? StaleKey.Everybody : StaleKey.Caller(call), vary);
        lock (_gate)
        {
            // Of two that came at once, the one that was sent later; and none from before a change of what it shows.
            if (_byKey.TryGetValue(key, out var old) && old.Value.Answer.ArrivedAt > answer.ArrivedAt) return false;
            if (_targets.TryGetValue(target, out var known) && answer.ArrivedAt <= known.ChangedAt) return false;
            if (known is null) _targets[target] = known = new StaleTarget();
            known.Answers++;
            known.Use(vary);
            if (old is not null) Remove(old);
            _byKey[key] = _byUse.AddFirst(new Entry(key, target, answer));
            _bytes += answer.Bytes;
            while (_bytes > Config.MaxBytes)
            {
                Remove(_byUse.Last!);
                counts.Drop(StaleDrop.Evicted);
            }
        }

        counts.Store();
        return true;
    }

    /// <summary>What a call asked for was changed by it: answers from before are not given any more (RFC 9111, section 4.4).</summary>
    public void Forget(GatewayCall call)
    {
        var target = StaleKey.Target(call);
        lock (_gate)
        {
            if (_targets.TryGetValue(target, out var known)) known.ChangedAt = time.GetTimestamp();
        }
    }

    /// <summary>Takes room for an answer that is coming in; false when there is none.</summary>
    public bool TryReserve(int bytes)
    {
        if (Interlocked.Add(ref _incoming, bytes) <= Config.MaxBytes) return true;
        Release(bytes);
        return false;
    }

    /// <summary>Gives room back.</summary>
    public void Release(int bytes) => Interlocked.Add(ref _incoming, -bytes);

    private KeptAnswer? Take(string key)
    {
        lock (_gate)
        {
            if (!_byKey.TryGetValue(key, out var node)) return null;
            var (_, target, answer) = node.Value;
            if (time.GetTimestamp() >= answer.EndsAt || answer.ArrivedAt <= _targets[target].ChangedAt)
            {
                Remove(node);
                return null;
            }

            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return answer;
        }
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        _byUse.Remove(node);
        _byKey.Remove(node.Value.Key);
        _bytes -= node.Value.Answer.Bytes;
        if (--_targets[node.Value.Target].Answers == 0) _targets.Remove(node.Value.Target);
    }

    private static KeptAnswer? Newer(KeptAnswer? one, KeptAnswer? other) => other is not null && (one is null || other.ArrivedAt > one.ArrivedAt) ? other : one;

    private sealed record Entry(string Key, string Target, KeptAnswer Answer);
}
