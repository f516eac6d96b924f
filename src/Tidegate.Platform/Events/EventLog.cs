using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tidegate.Platform.Events.Entries;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Storage;

namespace Tidegate.Platform.Events;

/// <summary>What happened, in order: appended in the transaction of the change itself, and only added to.</summary>
public sealed class EventLog
{
    private readonly StateStore _store;
    private volatile TaskCompletionSource _more = NewSignal();

    internal EventLog(StateStore store) => _store = store;

    /// <summary>Completes when an event is written after this was asked for. Ask first, read then, wait last.</summary>
    internal Task More => _more.Task;

    /// <summary>
    /// Adds an event to the change that <paramref name="db"/> is part of (inside <see cref="StateStore.ChangeAsync{T}"/>): both are committed or neither.
    /// False when its id was written before.
    /// </summary>
    public async Task<bool> AppendAsync(StateDb db, NewEvent happened, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(happened);
        if (db.ChangeTracker.Entries<EventRow>().Any(e => e.Entity.Id == happened.Id)) return false;
        if (await db.Set<EventRow>().AnyAsync(row => row.Id == happened.Id, cancel)) return false;
        // Safe to read and add one: a change holds the write lock of the whole database. What this change added itself is not in the database yet.
        var pending = db.ChangeTracker.Entries<EventRow>().Select(e => (long?)e.Entity.Sequence).Max();
        var last = pending ?? await db.Set<EventRow>().MaxAsync(row => (long?)row.Sequence, cancel) ?? 0;
        db.Add(new EventRow
        {
            Sequence = last + 1,
            Id = happened.Id,
            Type = happened.Type,
            Subject = happened.Subject,
            // Cut to what both databases keep.
            Time = happened.Time.AddTicks(-(happened.Time.Ticks % TimeSpan.TicksPerMicrosecond)).ToUniversalTime(),
            Data = JsonSerializer.Serialize(happened.Data, ApiJson.Options),
        });
        db.OnCommitted(Signal);
        return true;
    }

    /// <summary>An event without any other change. False when its id was written before.</summary>
    public Task<bool> AppendAsync(NewEvent happened, CancellationToken cancel) => _store.ChangeAsync((db, inner) => AppendAsync(db, happened, inner), cancel);

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<Event>> ListAsync(EventQuery query, CancellationToken cancel)
    {
        var rows = await _store.ReadAsync((db, inner) => EventFilter.Apply(db.Set<EventRow>(), query).ToListAsync(inner), cancel);
        return [.. rows.Select(row => row.ToEvent(_store.Installation))];
    }

    /// <summary>Oldest first, after a place in the order.</summary>
    internal async Task<IReadOnlyList<Event>> AfterAsync(long sequence, int most, CancellationToken cancel)
    {
        var rows = await _store.ReadAsync((db, inner) => db.Set<EventRow>().Where(row => row.Sequence > sequence).OrderBy(row => row.Sequence).Take(most).ToListAsync(inner), cancel);
        return [.. rows.Select(row => row.ToEvent(_store.Installation))];
    }

    private void Signal()
    {
        var before = _more;
        _more = NewSignal();
        before.TrySetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
