using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Storage.Engines;

namespace Tidegate.Platform.Storage;

/// <summary>
/// The way to the state database. Reads run beside each other; changes run one after the other (on every node) and are durable when the task completes.
/// When the database cannot be used, every member throws <see cref="StateUnavailableException"/> within seconds.
/// </summary>
public sealed partial class StateStore : IAsyncDisposable
{
    // SQLite calls block their thread. The gates bound how many threads of the pool a locked database can hold, so that traffic never starves.
    private const int ReadersAtOnce = 8;
    private static readonly TimeSpan QueueLimit = TimeSpan.FromSeconds(10);

    private readonly IStateEngine _engine;
    private readonly ILogger<StateStore> _logger;
    private readonly SemaphoreSlim _readers = new(ReadersAtOnce);
    private readonly SemaphoreSlim _writer = new(1);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider _time;
    private volatile StateTrouble? _readTrouble;
    private volatile StateTrouble? _writeTrouble;

    internal StateStore(IStateEngine engine, TimeProvider time, ILogger<StateStore> logger)
    {
        _engine = engine;
        _time = time;
        _logger = logger;
        _writeTrouble = new StateTrouble(new(StateFault.Starting, "The state database has not been opened yet."), time.GetUtcNow());
    }

    /// <summary>Completes when the database has been opened for the first time. Background work waits for it before its first read.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Null when the last read and the last change found the database well, else why it could not be used. For health pages.</summary>
    public StateTrouble? Trouble => _writeTrouble ?? _readTrouble;

    /// <summary>Random id of this installation, made with the database. Known once <see cref="Ready"/>.</summary>
    public string Installation { get; private set; } = "";

    /// <summary>The database in words; never with a password.</summary>
    public string Description => _engine.Description;

    /// <summary>Reads without tracking. Each query sees its own moment; use <see cref="SnapshotAsync"/> when several must agree.</summary>
    public Task<T> ReadAsync<T>(Func<StateDb, CancellationToken, Task<T>> read, CancellationToken cancel) =>
        RunAsync(_readers, async db =>
        {
            db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
            return await read(db, cancel);
        }, cancel);

    /// <summary>Reads without tracking, all queries seeing the same moment.</summary>
    public Task<T> SnapshotAsync<T>(Func<StateDb, CancellationToken, Task<T>> read, CancellationToken cancel) =>
        RunAsync(_readers, async db =>
        {
            db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
            await using var moment = await _engine.BeginSnapshotAsync(db, cancel);
            return await read(db, cancel);
        }, cancel);

    /// <summary>
    /// Changes: holds the write lock from the first statement, saves what is tracked, commits. All or nothing. What <paramref name="change"/>
    /// returns is returned only after the commit is on disk.
    /// </summary>
    public Task<T> ChangeAsync<T>(Func<StateDb, CancellationToken, Task<T>> change, CancellationToken cancel) =>
        RunAsync(_writer, async db =>
        {
            await using var transaction = await _engine.BeginChangeAsync(db, cancel);
            var result = await change(db, cancel);
            await db.SaveChangesAsync(cancel);
            await CommitAsync(transaction);
            Tell(db.Committed);
            return result;
        }, cancel);

    /// <inheritdoc cref="ChangeAsync{T}" />
    public Task ChangeAsync(Func<StateDb, CancellationToken, Task> change, CancellationToken cancel) =>
        ChangeAsync(async (db, inner) =>
        {
            await change(db, inner);
            return true;
        }, cancel);

    /// <summary>Takes the write lock and changes nothing, to learn whether a change would succeed now.</summary>
    internal Task ProbeAsync(CancellationToken cancel) => GuardAsync(_writer, async () =>
    {
        await _engine.ProbeAsync(cancel);
        return true;
    }, cancel);

    /// <summary>See <see cref="StateWatch"/>.</summary>
    internal long? Version() => _ready.Task.IsCompleted ? _engine.Version() : null;

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    /// <summary>Creates, checks and migrates the database. Throws when it cannot; may be called again.</summary>
    internal async Task OpenAsync(CancellationToken cancel)
    {
        try
        {
            await _engine.PrepareAsync(cancel);
            await using var db = _engine.Create();
            await SchemaVersion.AssertKnownAsync(db, _engine.Description, cancel);
            await _engine.MigrateAsync(db, cancel);
            Installation = await InstallationAsync(cancel);
            (_readTrouble, _writeTrouble) = (null, null);
            _ready.TrySetResult();
            Log.Opened(_logger, _engine.Description);
        }
        catch (Exception error) when (Translate(error) is { } unavailable)
        {
            throw NoteClosed(unavailable);
        }
    }

    private async Task<string> InstallationAsync(CancellationToken cancel)
    {
        await using var db = _engine.Create();
        await using var transaction = await _engine.BeginChangeAsync(db, cancel);
        var fact = await db.Set<StorageFact>().FindAsync([StorageFact.Installation], cancel);
        if (fact is not null) return fact.Value;
        fact = new StorageFact { Name = StorageFact.Installation, Value = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)) };
        db.Add(fact);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return fact.Value;
    }

    private Task<T> RunAsync<T>(SemaphoreSlim gate, Func<StateDb, Task<T>> work, CancellationToken cancel) => GuardAsync(gate, async () =>
    {
        await using var db = _engine.Create();
        db.Begin();
        return await work(db);
    }, cancel);

    private async Task<T> GuardAsync<T>(SemaphoreSlim gate, Func<Task<T>> work, CancellationToken cancel)
    {
        if (!_ready.Task.IsCompleted && _writeTrouble?.Error is { } starting) throw new StateUnavailableException(starting.Fault, starting.Message, starting);
        if (!await gate.WaitAsync(QueueLimit, cancel)) throw Note(gate, new StateUnavailableException(StateFault.Locked, "The state database is busy: others have been waiting for it for too long."));
        try
        {
            var result = await work();
            // A database that can be read may still be locked for changes: only a change proves that it can be changed.
            _readTrouble = null;
            if (gate == _writer) _writeTrouble = null;
            return result;
        }
        catch (Exception error) when (Translate(error) is { } unavailable)
        {
            throw Note(gate, unavailable);
        }
        catch (Exception error) when (_engine.IsUnkeepable(error))
        {
            // Nothing is wrong with the database, and no module can know which database there is: it is said here, for all of them.
            throw new ProblemException(new Problem { Status = 400, Code = "bad_request", Detail = "A text in the request has the character U+0000, which the state database can neither keep nor look for.", Action = "Leave it out." });
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task CommitAsync(IDbContextTransaction transaction)
    {
        _engine.AssertStillThere();
        // No cancellation from here: a caller who leaves must not make it uncertain whether the change happened.
        await transaction.CommitAsync(CancellationToken.None);
        _engine.AssertStillThere();
    }

    private void Tell(IReadOnlyList<Action> committed)
    {
        foreach (var action in committed)
        {
            try
            {
                action();
            }
#pragma warning disable CA1031 // The change is committed: whatever a listener throws cannot undo it.
            catch (Exception error)
            {
                Log.ListenerFailed(_logger, error);
            }
#pragma warning restore CA1031
        }
    }

    private StateUnavailableException NoteClosed(StateUnavailableException unavailable)
    {
        _writeTrouble = new StateTrouble(unavailable, _writeTrouble?.Since ?? _time.GetUtcNow());
        return unavailable;
    }

    private StateUnavailableException Note(SemaphoreSlim gate, StateUnavailableException unavailable)
    {
        var before = Trouble;
        // Once per spell, not once per request.
        if (before?.Error.Fault != unavailable.Fault) Log.Unavailable(_logger, _engine.Description, unavailable.Message, unavailable);
        var trouble = new StateTrouble(unavailable, before?.Since ?? _time.GetUtcNow());
        if (gate == _writer) _writeTrouble = trouble;
        else _readTrouble = trouble;
        return unavailable;
    }

    private StateUnavailableException? Translate(Exception error)
    {
        for (var inner = error; inner is not null; inner = inner.InnerException)
        {
            if (inner is StateUnavailableException known) return known;
            if (_engine.FaultOf(inner) is { } fault) return new StateUnavailableException(fault, FaultText.Of(fault), error);
        }

        return null;
    }

    private static partial class Log
    {
        [LoggerMessage(2000, LogLevel.Information, "State database open: {Database}")]
        public static partial void Opened(ILogger logger, string database);

        [LoggerMessage(2001, LogLevel.Error, "State database unavailable ({Database}): {Reason} Traffic is not affected; control answers 503 until it is back.")]
        public static partial void Unavailable(ILogger logger, string database, string reason, Exception error);

        [LoggerMessage(2002, LogLevel.Error, "A listener failed after a committed change; the change stands")]
        public static partial void ListenerFailed(ILogger logger, Exception error);
    }
}
