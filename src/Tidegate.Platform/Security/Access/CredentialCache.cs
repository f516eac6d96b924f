namespace Tidegate.Platform.Security.Access;

/// <summary>
/// Credentials proven lately. Saves a query per request, and keeps dashboards and scrapers working while the state database is away: then what was proven
/// in the last minutes still holds, since nobody can revoke anything either. A change made on this node empties it at once; of another node's
/// changes this one learns after <see cref="Fresh"/>.
/// </summary>
internal sealed class CredentialCache(TimeProvider time)
{
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan WhileAway = TimeSpan.FromMinutes(10);
    private const int Most = 1000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private long _generation;

    /// <summary>To be read before the database is; see <see cref="Put"/>.</summary>
    public long Generation
    {
        get
        {
            lock (_gate) return _generation;
        }
    }

    public Identity? Find(string sha256, TimeSpan within)
    {
        lock (_gate)
            return _entries.TryGetValue(sha256, out var entry) && time.GetElapsedTime(entry.Proven) <= within ? entry.Identity : null;
    }

    /// <summary>Remembers, unless something changed since <paramref name="generation"/>: then what was read may be outdated.</summary>
    public void Put(string sha256, Identity identity, long generation)
    {
        lock (_gate)
        {
            if (generation != _generation) return;
            if (_entries.Count >= Most) _entries.Clear();
            _entries[sha256] = new(identity, time.GetTimestamp());
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _generation++;
            _entries.Clear();
        }
    }

    private readonly record struct Entry(Identity Identity, long Proven);
}
