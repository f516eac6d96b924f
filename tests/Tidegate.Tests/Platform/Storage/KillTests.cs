using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Audit.Chain;
using Tidegate.Platform.ConfigStore.Revisions;
using Tidegate.Platform.Security.Keys;
using Tidegate.Platform.Storage;
using Tidegate.Tests.Platform.ConfigStore;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Platform.Storage;

/// <summary>Issue: kill -9 at 50 random moments while revisions, keys and audit rows are being written; every acknowledged one is there afterwards.</summary>
public sealed class KillOnSqliteTests() : KillTests(new SqliteTestDatabase())
{
    [Fact]
    [Trait("Category", "Slow")]
    public async Task Kill_AtRandomMoments_KeepsEveryAcknowledgedChange()
    {
        await KillAsync(kills: 30);
        await AssertKeptAsync(kills: 30);
    }
}

/// <summary>The rest of the 50, and the server itself stopped as <c>pg_ctl stop -m immediate</c> does it.</summary>
public sealed class KillOnPostgresTests : KillTests
{
    private readonly PostgresServer _server;

    // A server of its own: other tests would not like theirs to be stopped.
    public KillOnPostgresTests()
        : this(new PostgresServer()) { }

    private KillOnPostgresTests(PostgresServer server)
        : base(new PostgresTestDatabase(server)) => _server = server;

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Kill_AtRandomMoments_KeepsEveryAcknowledgedChange()
    {
        PostgresServer.Require();
        await KillAsync(kills: 20);
        await AssertKeptAsync(kills: 20);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task StopImmediately_AtRandomMoments_KeepsEveryAcknowledgedChange()
    {
        PostgresServer.Require();
        await StopAsync(_server, stops: 3);
        await AssertKeptAsync(kills: 1);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _server.DisposeAsync();
    }
}

/// <summary>Ends a process that writes changes, and compares what it acknowledged with what is there.</summary>
public abstract class KillTests(TestDatabase database) : IAsyncDisposable
{
    // A machine so busy that a process needs this long for its next change is broken; the test must end and say so.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly int Seed = Environment.TickCount;

    // Each ends with a space: "row " is in nobody's id.
    private static readonly string[] Kinds = ["key ", "revoked ", "revision ", "row "];

    private readonly Random _random = new(Seed);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return database.DisposeAsync();
    }

    private protected async Task KillAsync(int kills)
    {
        var options = await database.OptionsAsync();
        for (var kill = 0; kill < kills; kill++)
        {
            using var writer = StateWriter.Start(options);
            // Killed after a random number of acknowledgements and a random part of the next change, or (each tenth) perhaps while it opens the database.
            if (kill % 10 == 0) await Task.Delay(_random.Next(300, 2500), Cancel);
            else
            {
                await UntilNotedAsync(writer, _random.Next(1, 600));
                await Task.Delay(_random.Next(0, 8), Cancel);
            }

            writer.Kill();
            await writer.WaitForExitAsync(Cancel);
        }
    }

    private protected async Task StopAsync(PostgresServer server, int stops)
    {
        using var writer = StateWriter.Start(await database.OptionsAsync());
        try
        {
            await UntilNotedAsync(writer, bytes: 1);
            for (var stop = 0; stop < stops; stop++)
            {
                await Task.Delay(_random.Next(0, 100), Cancel);
                await server.StopAsync();
                await server.StartAsync();
                // The same process goes on when the server is back, until each of its writers was acknowledged something. That is no number of bytes: one key of three is revoked.
                await UntilEachKindAsync(writer);
            }
        }
        finally
        {
            writer.Kill();
            await writer.WaitForExitAsync(Cancel);
        }
    }

    private Task UntilNotedAsync(Process writer, int bytes)
    {
        var notes = new FileInfo(StateWriter.NotesOf(database.Directory.Path));
        var wanted = (notes.Exists ? notes.Length : 0) + bytes;
        return UntilAsync(writer, () =>
        {
            notes.Refresh();
            return notes.Exists && notes.Length >= wanted;
        });
    }

    private Task UntilEachKindAsync(Process writer)
    {
        var before = Notes().Length;
        return UntilAsync(writer, () => Notes()[before..] is var since && Kinds.All(kind => since.Contains(kind, StringComparison.Ordinal)));
    }

    // The writer goes on writing meanwhile.
    private string Notes()
    {
        using var notes = new StreamReader(new FileStream(StateWriter.NotesOf(database.Directory.Path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return notes.ReadToEnd();
    }

    private static async Task UntilAsync(Process writer, Func<bool> there)
    {
        var began = Stopwatch.GetTimestamp();
        while (!there())
        {
            Assert.False(writer.HasExited, $"the writer ended by itself (seed {Seed})");
            Assert.True(Stopwatch.GetElapsedTime(began) < Patience, $"the writer writes nothing (seed {Seed})");
            await Task.Delay(5, Cancel);
        }
    }

    private protected async Task AssertKeptAsync(int kills)
    {
        // A line cut off by the kill was not acknowledged.
        var text = await File.ReadAllTextAsync(StateWriter.NotesOf(database.Directory.Path), Cancel);
        var acknowledged = text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(acknowledged.Length >= kills, $"only {acknowledged.Length} acknowledged (seed {Seed})");
        Assert.All(Kinds, kind => Assert.Contains(acknowledged, line => line.StartsWith(kind, StringComparison.Ordinal)));

        var store = await database.OpenAsync();
        var (keys, revisions, rows) = await store.SnapshotAsync(async (db, inner) => (
            await db.Set<CallerKey>().ToDictionaryAsync(key => key.Id, inner),
            (await db.Set<RevisionRow>().Select(row => row.Number + " " + row.Hash).ToListAsync(inner)).ToHashSet(StringComparer.Ordinal),
            (await db.Set<AuditRow>().Select(row => row.Action + " " + row.Target).ToListAsync(inner)).ToHashSet(StringComparer.Ordinal)), Cancel);
        foreach (var line in acknowledged)
        {
            var words = line.Split(' ');
            var there = words[0] switch
            {
                "key" => keys.ContainsKey(words[1]) && rows.Contains($"key.create key/{words[1]}"),
                "revoked" => keys.GetValueOrDefault(words[1])?.RevokedAt is not null && rows.Contains($"key.revoke key/{words[1]}"),
                "revision" => revisions.Contains($"{words[1]} {words[2]}") && rows.Contains($"config.apply revision/{words[1]}"),
                _ => rows.Contains($"test.write {words[1]}"),
            };
            Assert.True(there, $"'{line}' was acknowledged and is not there (seed {Seed})");
        }

        // No change without its row, no row without its change.
        Assert.Equal(keys.Count, Count("key.create "));
        Assert.Equal(keys.Values.Count(key => key.RevokedAt is not null), Count("key.revoke "));
        Assert.Equal(revisions.Count, Count("config.apply "));
        // Revisions without a gap, each document readable and the one its hash was made of; the chain of the audit trail whole.
        Assert.Empty(await new ConfigState(store, new ConfigNode(store, database.Directory.Path).Publisher).VerifyAsync(Cancel));
        var found = await new AuditTrail(store, new AnchorFile(database.Directory.Path), TimeProvider.System, NullLogger<AuditTrail>.Instance).VerifyAsync([], Cancel);
        Assert.Empty(found.Problems);
        TestContext.Current.TestOutputHelper?.WriteLine($"{kills} ends, {acknowledged.Length} acknowledged changes, {revisions.Count} revisions, {found.Rows} rows, anchor {found.Anchor}");

        int Count(string action) => rows.Count(row => row.StartsWith(action, StringComparison.Ordinal));
    }
}
