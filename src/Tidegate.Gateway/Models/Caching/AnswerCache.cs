using System.Diagnostics.CodeAnalysis;
using Tidegate.Core.Resources.Models;
using Tidegate.Gateway.Request;

namespace Tidegate.Gateway.Models.Caching;

/// <summary>The answers an alias has given, within a number of bytes; those not asked for the longest go first. Thread-safe.</summary>
/// <param name="config">What the document says.</param>
/// <param name="identity">What the answers depend on beside the request; another one begins with an empty cache.</param>
/// <param name="time">Clock.</param>
internal sealed class AnswerCache(AnswerCacheConfig config, string identity, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, CachedAnswer Answer)>> _byKey = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Key, CachedAnswer Answer)> _byUse = new(); // last asked for first
    private readonly long _ttl = Ticks.Of(time, config.Ttl);
    private long _bytes;

    /// <summary>What the document says.</summary>
    public AnswerCacheConfig Config { get; } = config;

    /// <summary>What the answers depend on beside the request.</summary>
    public string Identity { get; } = identity;

    /// <summary>Largest answer that is kept.</summary>
    public long MostOfAnswer => Config.MaxBytes / 8;

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

    /// <summary>The answer of a key, when it may be given again.</summary>
    public bool TryGet(string key, [NotNullWhen(true)] out CachedAnswer? answer)
    {
        answer = null;
        lock (_gate)
        {
            if (!_byKey.TryGetValue(key, out var node)) return false;
            if (time.GetTimestamp() >= node.Value.Answer.ExpiresAt)
            {
                Remove(node);
                return false;
            }

            _byUse.Remove(node);
            _byUse.AddFirst(node);
            answer = node.Value.Answer;
            return true;
        }
    }

    /// <summary>How long an answer has been kept, in seconds.</summary>
    public int AgeOf(CachedAnswer answer) => (int)Math.Max(0, Ticks.Span(time, time.GetTimestamp() - answer.ExpiresAt + _ttl).TotalSeconds);

    /// <summary>Keeps an answer from now on. False when it is too large.</summary>
    public bool Keep(string key, CachedAnswer answer)
    {
        answer = answer with { ExpiresAt = Ticks.After(time.GetTimestamp(), _ttl) };
        if (answer.Bytes > MostOfAnswer) return false;
        lock (_gate)
        {
            if (_byKey.TryGetValue(key, out var old)) Remove(old);
            _byKey[key] = _byUse.AddFirst((key, answer));
            _bytes += answer.Bytes;
            while (_bytes > Config.MaxBytes) Remove(_byUse.Last!);
        }

        return true;
    }

    private void Remove(LinkedListNode<(string Key, CachedAnswer Answer)> node)
    {
        _byUse.Remove(node);
        _byKey.Remove(node.Value.Key);
        _bytes -= node.Value.Answer.Bytes;
    }
}
