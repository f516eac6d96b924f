using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Tidegate.Platform.Storage;
using Tidegate.Platform.Storage.Engines;
using Tidegate.Platform.Storage.Opening;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Platform.Storage;

/// <summary>The state database in the status of the node.</summary>
public sealed class StateHealthTests : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly StateStore _store;

    public StateHealthTests() =>
        _store = new StateStore(new SqliteEngine(_directory.Path, new StateSchema(Modules.All, typeof(Modules).Assembly)), _time, NullLogger<StateStore>.Instance);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Problems_Locked_SaysWhySinceWhenAndRecovers()
    {
        var health = new StateHealth(_store);
        Assert.Contains("(starting, since 2026-03-01T12:00:00Z)", Assert.Single(health.Problems), StringComparison.Ordinal);
        await _store.OpenAsync(Cancel);
        Assert.Empty(health.Problems);

        using (Lock())
        {
            _time.Advance(TimeSpan.FromMinutes(5));
            await Assert.ThrowsAsync<StateUnavailableException>(ChangeAsync);
            _time.Advance(TimeSpan.FromMinutes(5));
            await Assert.ThrowsAsync<StateUnavailableException>(ChangeAsync);
            // That it can be read does not make it well.
            await _store.ReadAsync((db, cancel) => db.Set<StorageFact>().CountAsync(cancel), Cancel);
            Assert.Equal(
                "The state database is locked by somebody else. (locked, since 2026-03-01T12:05:00Z) Changes are refused until it is back; traffic is not affected.",
                Assert.Single(health.Problems));
        }

        await ChangeAsync();
        Assert.Empty(health.Problems);
    }

    [Fact]
    public async Task Probe_NobodyChangesAnything_NoticesTroubleAndItsEnd()
    {
        var health = new StateHealth(_store);
        await _store.OpenAsync(Cancel);
        using var probe = new StateProbe(_store, _time);
        await probe.StartAsync(Cancel);

        using (Lock()) await UntilAsync(() => health.Problems.Count == 1);
        await UntilAsync(() => health.Problems.Count == 0);
        foreach (var file in Directory.GetFiles(_directory.Path, "state.db*")) File.Delete(file);
        await UntilAsync(() => health.Problems.Count == 1);

        Assert.Contains("was removed while in use", Assert.Single(health.Problems), StringComparison.Ordinal);
        await probe.StopAsync(Cancel);
    }

    private Task ChangeAsync() => _store.ChangeAsync((_, _) => Task.CompletedTask, Cancel);

    private SqliteConnection Lock()
    {
        var holder = new SqliteConnection($"Data Source={_directory.Combine("state.db")};Pooling=False");
        holder.Open();
        using var begin = holder.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        begin.ExecuteNonQuery();
        return holder;
    }

    // The probe runs on the fake clock, the database on the real one.
    private async Task UntilAsync(Func<bool> seen)
    {
        for (var waited = 0; !seen(); waited++)
        {
            Assert.True(waited < 1200, "not seen within a minute");
            _time.Advance(StateProbe.Interval);
            await Task.Delay(50, Cancel);
        }
    }
}
