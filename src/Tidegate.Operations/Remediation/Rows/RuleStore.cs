using Microsoft.EntityFrameworkCore;
using Tidegate.Platform.Events;
using Tidegate.Platform.Storage;

namespace Tidegate.Operations.Remediation.Rows;

/// <summary>States of rules, on disk. A change is written together with the events that tell of it, and only if nobody has changed the rule since it was read.</summary>
internal sealed class RuleStore(StateStore store, EventLog events)
{
    public Task Ready => store.Ready;

    public async Task<IReadOnlyDictionary<string, RuleState>> AllAsync(CancellationToken cancel) =>
        (await store.ReadAsync((db, inner) => db.Set<RuleRow>().ToListAsync(inner), cancel)).Select(r => r.ToState()).ToDictionary(s => s.Id, StringComparer.Ordinal);

    /// <summary>The state as it is written now.</summary>
    /// <exception cref="RuleChangedException">Somebody else has changed it since it was read.</exception>
    public Task<RuleState> WriteAsync(RuleState next, CancellationToken cancel, params IReadOnlyList<NewEvent> told) => WriteAsync(next, static (_, _) => Task.CompletedTask, told, cancel);

    /// <summary>The same, with more in the same change.</summary>
    /// <exception cref="RuleChangedException">Somebody else has changed it since it was read.</exception>
    public async Task<RuleState> WriteAsync(RuleState next, Func<StateDb, CancellationToken, Task> also, IReadOnlyList<NewEvent> told, CancellationToken cancel)
    {
        var version = next.Version + 1;
        await store.ChangeAsync(async (db, inner) =>
        {
            var row = await db.Set<RuleRow>().FirstOrDefaultAsync(r => r.Id == next.Id, inner);
            if ((row?.Version ?? 0) != next.Version) throw new RuleChangedException(next.Id);
            if (row is null) db.Add(new RuleRow { Id = next.Id, Version = version, Content = RuleRow.Write(next) });
            else (row.Version, row.Content) = (version, RuleRow.Write(next));
            await also(db, inner);
            foreach (var happened in told) await events.AppendAsync(db, happened, inner);
        }, cancel);
        return next with { Version = version };
    }

    /// <summary>Forgets a rule that is in no document any more.</summary>
    public Task ForgetAsync(RuleState state, CancellationToken cancel) => store.ChangeAsync(
        async (db, inner) => await db.Set<RuleRow>().Where(r => r.Id == state.Id && r.Version == state.Version).ExecuteDeleteAsync(inner), cancel);
}
