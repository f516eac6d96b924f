using Microsoft.EntityFrameworkCore;
using Tidegate.Platform.Storage.Opening;

namespace Tidegate.Platform.Storage;

/// <summary>
/// Which of the nodes on a state database does work that must be done once: a row per work, held for a time and renewed. A node that dies loses its leases when
/// their time is over; one that stops in order gives them back.
/// </summary>
/// <param name="store">The state database.</param>
/// <param name="shared">Other nodes may use the database. Where none can (SQLite), every lease is ours and nothing is written.</param>
/// <param name="time">Measures how long leases hold.</param>
public sealed class Leases(StateStore store, bool shared, TimeProvider time)
{
    /// <summary>How long a lease holds without being renewed. Whoever does the work renews it at least three times as often.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(30);

    private readonly string _holder = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");

    /// <summary>Takes or renews the lease for a work. False while another node holds it.</summary>
    public Task<bool> HoldAsync(string work, CancellationToken cancel) => !shared ? Task.FromResult(true) : store.ChangeAsync(async (db, inner) =>
    {
        var now = time.GetUtcNow();
        var lease = await db.Set<StorageLease>().FirstOrDefaultAsync(l => l.Work == work, inner);
        if (lease is null) db.Add(lease = new StorageLease { Work = work, Holder = _holder });
        else if (lease.Holder != _holder && lease.Until > now) return false;
        (lease.Holder, lease.Until) = (_holder, now + Length);
        return true;
    }, cancel);

    /// <summary>Gives a lease back, so that another node goes on at once.</summary>
    public Task ReleaseAsync(string work, CancellationToken cancel) => !shared ? Task.CompletedTask : store.ChangeAsync(async (db, inner) =>
    {
        if (await db.Set<StorageLease>().FirstOrDefaultAsync(l => l.Work == work && l.Holder == _holder, inner) is { } lease) db.Remove(lease);
    }, cancel);
}
