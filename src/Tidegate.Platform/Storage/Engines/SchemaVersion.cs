using Microsoft.EntityFrameworkCore;

namespace Tidegate.Platform.Storage.Engines;

/// <summary>After a rollback of the program the data may be newer than the code; guessing would damage it.</summary>
internal static class SchemaVersion
{
    public static async Task AssertKnownAsync(StateDb db, string database, CancellationToken cancel)
    {
        if (!await db.Database.CanConnectAsync(cancel)) return; // nothing there yet, or not reachable: migrating says which
        var known = db.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        var applied = await db.Database.GetAppliedMigrationsAsync(cancel);
        var strange = applied.Where(id => !known.Contains(id)).ToList();
        if (strange.Count == 0) return;
        throw new StateUnavailableException(StateFault.NewerSchema,
            $"{database} was migrated by a newer Tidegate: it holds {string.Join(", ", strange)}, which this program does not know (it knows up to {known.Max(StringComparer.Ordinal)}). "
            + "Start the newer program again, or restore the backup made before the upgrade.");
    }
}
