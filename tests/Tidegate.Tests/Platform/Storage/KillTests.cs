using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Audit.Chain;
using Tidegate.Platform.Security.Keys;
using Tidegate.Platform.Storage;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Platform.Storage;

/// <summary>Issue: kill -9 at 50 random moments while keys and audit rows are being written; every acknowledged one is there afterwards.</summary>
public sealed class KillTests
{
    private const int Kills = 50;

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Kill_AtRandomMoments_KeepsEveryAcknowledgedChange()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var database = new SqliteTestDatabase();
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var kill = 0; kill < Kills; kill++)
        {
            var notes = StateWriter.NotesOf(database.Directory.Path);
            var before = Length(notes);
            using var writer = StateWriter.Start(database.Directory.Path);
            // Killed after a random number of acknowledgements and a random part of the next write, or (each tenth) perhaps while it opens the database.
            if (kill % 10 == 0) await Task.Delay(random.Next(300, 2500), cancel);
            else
            {
                var wanted = before + random.Next(1, 600);
                while (Length(notes) < wanted)
                {
                    Assert.False(writer.HasExited, $"the writer ended by itself (seed {seed})");
                    await Task.Delay(5, cancel);
                }

                await Task.Delay(random.Next(0, 8), cancel);
            }

            writer.Kill();
            await writer.WaitForExitAsync(cancel);
        }

        // A line cut off by the kill was not acknowledged.
        var text = await File.ReadAllTextAsync(StateWriter.NotesOf(database.Directory.Path), cancel);
        var acknowledged = text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var store = await database.OpenAsync();
        var keys = await store.ReadAsync((db, inner) => db.Set<CallerKey>().ToDictionaryAsync(key => key.Id, inner), cancel);
        var targets = await store.ReadAsync(async (db, inner) => (await db.Set<AuditRow>().Select(row => row.Action + " " + row.Target).ToListAsync(inner)).ToHashSet(), cancel);
        Assert.True(acknowledged.Length >= Kills, $"only {acknowledged.Length} acknowledged (seed {seed})");
        foreach (var line in acknowledged)
        {
            var (kind, id) = (line.Split(' ')[0], line.Split(' ')[1]);
            var there = kind switch
            {
                "key" => keys.ContainsKey(id) && targets.Contains($"key.create key/{id}"),
                "revoked" => keys[id].RevokedAt is not null && targets.Contains($"key.revoke key/{id}"),
                _ => targets.Contains($"test.write {id}"),
            };
            Assert.True(there, $"'{line}' was acknowledged and is not there (seed {seed})");
        }

        // No change without its row, no row without its change.
        Assert.Equal(keys.Count, targets.Count(target => target.StartsWith("key.create ", StringComparison.Ordinal)));
        Assert.Equal(keys.Values.Count(key => key.RevokedAt is not null), targets.Count(target => target.StartsWith("key.revoke ", StringComparison.Ordinal)));
        var trail = new AuditTrail(store, new AnchorFile(database.Directory.Path), TimeProvider.System, NullLogger<AuditTrail>.Instance);
        var found = await trail.VerifyAsync([], cancel);
        Assert.Empty(found.Problems);
        TestContext.Current.TestOutputHelper?.WriteLine($"{Kills} kills, {acknowledged.Length} acknowledged changes, {found.Rows} rows, anchor {found.Anchor}");
    }

    private static long Length(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;
}
