using System.Collections.Concurrent;

namespace Tidegate.Gateway.Request.Identify.Tokens;

/// <summary>Tokens verified before, by digest: a token is good until it expires or the issuer's keys change, and verifying it again would cost a signature check per call.</summary>
internal sealed class TokenCache
{
    // About 2 MB; beyond that verifying again is cheaper than keeping.
    private const int Capacity = 8192;

    private readonly ConcurrentDictionary<KeyDigest, Entry> _entries = new();

    /// <summary>The caller behind a token seen before; null when it must be verified.</summary>
    public Caller? Find(in KeyDigest digest, KeySet? keys, long now, CallerTable callers, TokenRule rule)
    {
        if (!_entries.TryGetValue(digest, out var entry)) return null;
        if (now >= entry.Subject.ExpiresAt || !ReferenceEquals(entry.Subject.Keys, keys))
        {
            _entries.TryRemove(digest, out _);
            return null;
        }

        if (ReferenceEquals(entry.Callers, callers)) return entry.Caller;
        // Another snapshot: who the subject is may have changed, the token has not.
        if (rule.Resolve(entry.Subject, callers, out _) is not { } caller) return null;
        _entries[digest] = new Entry(entry.Subject, callers, caller);
        return caller;
    }

    /// <summary>Keeps a verified token.</summary>
    public void Add(in KeyDigest digest, TokenSubject subject, CallerTable callers, Caller caller, long now)
    {
        if (_entries.Count >= Capacity)
        {
            foreach (var (key, entry) in _entries)
                if (now >= entry.Subject.ExpiresAt) _entries.TryRemove(key, out _);
            if (_entries.Count >= Capacity) _entries.Clear();
        }

        _entries[digest] = new Entry(subject, callers, caller);
    }

    private sealed record Entry(TokenSubject Subject, CallerTable Callers, Caller Caller);
}
