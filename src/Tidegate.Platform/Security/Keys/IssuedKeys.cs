using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Tidegate.Core.Ports;
using Tidegate.Platform.Storage;

namespace Tidegate.Platform.Security.Keys;

/// <summary>
/// The list in memory. Changes made here are applied when they are committed; changes of other nodes are found by asking for the highest version.
/// When the database is away, the last list stands.
/// </summary>
internal sealed partial class IssuedKeys(StateStore store, TimeProvider time, TimeSpan interval, ILogger<IssuedKeys> logger) : BackgroundService, IIssuedKeys
{
    private readonly Lock _gate = new();
    private readonly StateWatch _watch = new(store);
    private readonly List<Action<IReadOnlyList<IssuedKey>>> _handlers = [];
    private SortedDictionary<string, IssuedKey>? _keys;
    private long _version;
    private volatile IReadOnlyList<IssuedKey>? _current;

    public IReadOnlyList<IssuedKey>? Current => _current;

    public IDisposable Subscribe(Action<IReadOnlyList<IssuedKey>> handler)
    {
        lock (_gate) _handlers.Add(handler);
        return new Subscription(this, handler);
    }

    /// <summary>A change of this node, just committed. Called in commit order.</summary>
    public void Apply(CallerKey key)
    {
        lock (_gate)
        {
            if (_keys is null) return; // the first load will find it
            if (key.RevokedAt is null) _keys[key.Id] = key.ToIssued();
            else _keys.Remove(key.Id);
            _version = Math.Max(_version, key.Version);
            Publish();
        }
    }

    /// <summary>Reads the list again when anything in the database is newer than what is known.</summary>
    public async Task LoadAsync(CancellationToken cancel)
    {
        var newest = await store.ReadAsync((db, inner) => db.Set<CallerKey>().MaxAsync(key => (long?)key.Version, inner), cancel) ?? 0;
        lock (_gate)
        {
            if (_keys is not null && newest == _version) return;
        }

        var rows = await store.ReadAsync((db, inner) => db.Set<CallerKey>().ToListAsync(inner), cancel);
        lock (_gate)
        {
            var read = rows.Count == 0 ? 0 : rows.Max(row => row.Version);
            // Read before a change of ours was committed: that change has been applied already and must not be undone.
            if (_keys is not null && read < _version) return;
            _keys = new(rows.Where(row => row.RevokedAt is null).ToDictionary(row => row.Id, row => row.ToIssued(), StringComparer.Ordinal), StringComparer.Ordinal);
            _version = read;
            Publish();
        }
    }

    /// <summary>Loads before the modules below start, so that the first configuration has the keys in it.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TryLoadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await store.Ready.WaitAsync(stoppingToken);
        while (true)
        {
            await TryLoadAsync(stoppingToken);
            await Task.Delay(interval, time, stoppingToken);
        }
    }

    private async Task TryLoadAsync(CancellationToken cancel)
    {
        try
        {
            await _watch.LookAsync(LoadAsync, cancel);
        }
        catch (StateUnavailableException)
        {
            // Logged by the store; the last list stands.
        }
    }

    private void Publish()
    {
        IReadOnlyList<IssuedKey> list = [.. _keys!.Values];
        _current = list;
        foreach (var handler in _handlers.ToArray())
        {
            try
            {
                handler(list);
            }
            catch (Exception error)
            {
                Log.HandlerFailed(logger, error);
            }
        }
    }

    private sealed class Subscription(IssuedKeys owner, Action<IReadOnlyList<IssuedKey>> handler) : IDisposable
    {
        public void Dispose()
        {
            lock (owner._gate) owner._handlers.Remove(handler);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2210, LogLevel.Error, "A subscriber of the issued keys failed; it is told again at the next change")]
        public static partial void HandlerFailed(ILogger logger, Exception error);
    }
}
