using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Platform.ConfigStore.Overlays;
using Tidegate.Platform.ConfigStore.Revisions;
using Tidegate.Platform.Storage;

namespace Tidegate.Platform.ConfigStore.Publishing;

/// <summary>
/// The configuration this node is told to run: revision, live overlays, issued keys. Changes made here arrive when they are committed, those of
/// other nodes by asking, and an overlay's end by the clock. Without a database the last good configuration is told.
/// </summary>
internal sealed partial class ConfigPublisher(StateStore store, LastGoodFile file, ConfigListeners listeners, TimeProvider time, TimeSpan interval, ILogger<ConfigPublisher> logger)
    : BackgroundService, IConfigSource
{
    private readonly Lock _gate = new();
    private readonly StateWatch _watch = new(store);
    private readonly KnownConfig _known = new();
    private ITimer? _expiry;
    private Task _tail = Task.CompletedTask;
    private long _generation;
    private volatile ActiveConfig? _current;
    private PublishedRevision? _published;
    private volatile IReadOnlyDictionary<string, string> _skipped = new Dictionary<string, string>(StringComparer.Ordinal);

    public ActiveConfig? Current => _current;

    public PublishedRevision? Revision => _known.Revision;

    /// <summary>What is in force is all that is left of a database that is no more; the one that is there has no configuration.</summary>
    public bool IsOrphan => _known.IsOrphan;

    /// <summary>Overlays left out because they do not fit, with the reason.</summary>
    public IReadOnlyDictionary<string, string> Skipped => _skipped;

    public IDisposable Subscribe(Action<ActiveConfig> handler) => listeners.Add(handler);

    /// <summary>A revision that has been committed. The task completes when this node has been told.</summary>
    public Task Take(PublishedRevision revision)
    {
        _known.Take(revision);
        return PublishAsync();
    }

    /// <summary>An overlay that has been committed, new or revoked.</summary>
    public Task Put(Overlay overlay, long version)
    {
        _known.Put(overlay, version);
        return PublishAsync();
    }

    /// <summary>The issued keys in force.</summary>
    public Task Take(IReadOnlyList<IssuedKey> keys)
    {
        _known.Take(keys);
        return PublishAsync();
    }

    /// <summary>Reads what other nodes have changed.</summary>
    public async Task LoadAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var newest = await store.ReadAsync((db, inner) => db.Set<RevisionRow>().MaxAsync(r => (long?)r.Number, inner), cancel) ?? 0;
        var version = await store.ReadAsync((db, inner) => db.Set<OverlayRow>().MaxAsync(o => (long?)o.Version, inner), cancel) ?? 0;
        PublishedRevision? revision = null;
        if (newest == 0 && !_known.IsOrphan && _known.Revision is null && file.Read() is { Revision.Number: > 0 } last)
        {
            // The file is all that is left of a configuration: to run the empty one would also overwrite it.
            _known.Adopt(last);
            _generation = Math.Max(_generation, last.Generation);
            Log.NewDatabase(logger, last.Revision.Number, file.Path);
            await PublishAsync();
            return;
        }

        if (_known.Revision is null || newest > _known.Revision.Number || (_known.IsOrphan && newest > 0))
        {
            var row = newest == 0 ? null : await store.ReadAsync((db, inner) => db.Set<RevisionRow>().FirstAsync(r => r.Number == newest, inner), cancel);
            revision = new PublishedRevision(newest, row is null ? ConfigDocument.Empty : DocumentBytes.Unpack(row.Document, $"revision {newest}"));
        }

        List<OverlayRow>? rows = null;
        if (version != _known.OverlayVersion)
            rows = await store.ReadAsync((db, inner) => db.Set<OverlayRow>().Where(o => o.ExpiresAt > now).ToListAsync(inner), cancel);
        if (revision is null && rows is null) return;
        if (revision is not null) _known.Take(revision);
        if (rows is not null) _known.Load(rows.Select(r => r.ToOverlay()), version);
        await PublishAsync();
    }

    /// <summary>Everything stored was replaced: reads all of it, lower numbers included.</summary>
    public Task ReplaceAsync(CancellationToken cancel)
    {
        _known.Forget();
        return LoadAsync(cancel);
    }

    /// <summary>Before the modules below and the traffic port start: from the database when it is well, else from the last good configuration.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_current is null && !await TryLoadAsync(cancellationToken) && file.Read() is { } last)
        {
            _known.Fill(last);
            _generation = Math.Max(_generation, last.Generation);
            Log.FromLastGood(logger, last.Revision.Number, file.Path);
            await PublishAsync();
        }

        await base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _expiry?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(interval, time);
        while (await tick.WaitForNextTickAsync(stoppingToken)) await TryLoadAsync(stoppingToken);
    }

    private async Task<bool> TryLoadAsync(CancellationToken cancel)
    {
        try
        {
            await _watch.LookAsync(LoadAsync, cancel);
            return true;
        }
        catch (StateUnavailableException)
        {
            return false; // the store has logged it, once
        }
#pragma warning disable CA1031 // Whatever is wrong with what is stored, the node goes on with what it has.
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            Log.NotLoaded(logger, error.Message, error);
            return false;
        }
#pragma warning restore CA1031
    }

    /// <summary>Publishes what is known once the publications before are through; off the thread (and the locks) of the caller.</summary>
    private Task PublishAsync()
    {
        lock (_gate) return _tail = AfterAsync(_tail);

        async Task AfterAsync(Task before)
        {
            // A publication that failed is its caller's to see; the next one goes ahead.
            await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
            Publish();
        }
    }

    // One at a time, see above.
    private void Publish()
    {
        var now = time.GetUtcNow();
        if (_known.At(now) is not var (revision, live, keys)) return;
        WakeAt(live, now);
        var merged = OverlayMerge.Of(revision.Document, live);
        foreach (var (id, reason) in merged.Skipped.Where(s => !_skipped.ContainsKey(s.Key))) Log.Skipped(logger, id, reason);
        _skipped = merged.Skipped;
        if (_current is { } old && ReferenceEquals(_published, revision) && old.Overlays.SequenceEqual(merged.Applied, StringComparer.Ordinal) && ReferenceEquals(old.Keys, keys)) return;

        var config = new ActiveConfig(revision.Number, ++_generation, merged.Document, keys, merged.Applied);
        (_current, _published) = (config, revision);
        Log.Published(logger, config.Revision, config.Generation, config.Overlays.Count, config.Keys.Count);
        listeners.Tell(config);
        file.Write(new LastGood(revision, live, keys, config.Generation));
    }

    private void WakeAt(List<Overlay> live, DateTimeOffset now)
    {
        if (live.Count == 0) return;
        _expiry ??= time.CreateTimer(Expired, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _expiry.Change(live.Min(o => o.ExpiresAt) - now, Timeout.InfiniteTimeSpan);
    }

    private void Expired(object? state) => _ = PublishAsync();

    private static partial class Log
    {
        [LoggerMessage(2310, LogLevel.Information, "Configuration published: revision {Revision}, generation {Generation}, overlays: {Overlays}, issued keys: {Keys}")]
        public static partial void Published(ILogger logger, long revision, long generation, int overlays, int keys);

        [LoggerMessage(2312, LogLevel.Warning, "The state database cannot be read: starting with the last good configuration, revision {Revision}, from {File}")]
        public static partial void FromLastGood(ILogger logger, long revision, string file);

        [LoggerMessage(2328, LogLevel.Error, "The state database is new and has no configuration, but this node has served revision {Revision}: it goes on with that, from {File}. Restore a backup of the database, or apply the configuration again and issue keys anew. To begin with nothing, stop the node and remove the file.")]
        public static partial void NewDatabase(ILogger logger, long revision, string file);

        [LoggerMessage(2313, LogLevel.Error, "The stored configuration cannot be loaded: {Reason} The node goes on with what it has.")]
        public static partial void NotLoaded(ILogger logger, string reason, Exception error);

        [LoggerMessage(2314, LogLevel.Warning, "Overlay {Id} is left out: {Reason}")]
        public static partial void Skipped(ILogger logger, string id, string reason);
    }
}
