using Tidegate.Core.Ports;

namespace Tidegate.Platform.ConfigStore.Publishing;

/// <summary>What this node knows of the configuration, from whatever side it came: the newest revision, the overlays that may hold, the issued keys.</summary>
internal sealed class KnownConfig
{
    private static readonly IReadOnlyList<IssuedKey> NoKeys = [];

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Overlay> _overlays = new(StringComparer.Ordinal);
    private IReadOnlyList<IssuedKey>? _keys;
    private long _overlayVersion = -1;
    private volatile PublishedRevision? _revision;
    private volatile bool _isOrphan;

    /// <summary>The newest revision; null while none is known.</summary>
    public PublishedRevision? Revision => _revision;

    /// <summary>The revision is from the file of a database that is no more: the one that is there has none yet. The first that comes is the truth again, whatever its number.</summary>
    public bool IsOrphan => _isOrphan;

    /// <summary>Version of the overlays as they were loaded last; -1 before that.</summary>
    public long OverlayVersion => Interlocked.Read(ref _overlayVersion);

    /// <summary>A revision; an older one than is known changes nothing.</summary>
    public void Take(PublishedRevision revision)
    {
        lock (_gate)
        {
            if (_revision is not null && !_isOrphan && revision.Number <= _revision.Number) return;
            _revision = revision;
            _isOrphan = false;
        }
    }

    /// <summary>The issued keys in force.</summary>
    public void Take(IReadOnlyList<IssuedKey> keys)
    {
        lock (_gate)
        {
            // A new database knows of none: those that callers have go on being taken.
            if (!_isOrphan || keys.Count > 0) _keys = keys;
        }
    }

    /// <summary>An overlay, new or revoked.</summary>
    public void Put(Overlay overlay, long version)
    {
        lock (_gate)
        {
            // Not loaded yet: the first load will find it.
            if (_overlayVersion >= 0) _overlayVersion = Math.Max(_overlayVersion, version);
            _overlays[overlay.Id] = overlay;
        }
    }

    /// <summary>All overlays as they are stored; an older version than is known changes nothing.</summary>
    public void Load(IEnumerable<Overlay> overlays, long version)
    {
        lock (_gate)
        {
            if (version <= _overlayVersion) return;
            _overlays.Clear();
            foreach (var overlay in overlays) _overlays[overlay.Id] = overlay;
            _overlayVersion = version;
        }
    }

    /// <summary>What was last in force, where nothing newer is known.</summary>
    public void Fill(LastGood last)
    {
        lock (_gate)
        {
            _revision ??= last.Revision;
            if (_overlayVersion < 0) foreach (var overlay in last.Overlays) _overlays.TryAdd(overlay.Id, overlay);
            _keys ??= last.Keys;
        }
    }

    /// <summary>What was last in force, though the database is there: it is new, and knows of nothing.</summary>
    public void Adopt(LastGood last)
    {
        lock (_gate)
        {
            _isOrphan = true;
            _revision = last.Revision;
            foreach (var overlay in last.Overlays) _overlays.TryAdd(overlay.Id, overlay);
            _keys = last.Keys;
        }
    }

    /// <summary>Everything stored was replaced: revision and overlays are to be loaded again, lower numbers included.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _revision = null;
            _isOrphan = false;
            _overlays.Clear();
            _overlayVersion = -1;
        }
    }

    /// <summary>What holds at a time, overlays in the order of their making; null while there is no revision.</summary>
    public (PublishedRevision Revision, List<Overlay> Overlays, IReadOnlyList<IssuedKey> Keys)? At(DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_revision is null) return null;
            foreach (var ended in _overlays.Values.Where(o => !o.IsLive(now)).ToList()) _overlays.Remove(ended.Id);
            return (_revision, [.. _overlays.Values.OrderBy(o => o.CreatedAt).ThenBy(o => o.Id, StringComparer.Ordinal)], _keys ?? NoKeys);
        }
    }
}
