using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Resources.Schema;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Audit.Chain;
using Tidegate.Platform.Storage;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Platform.Audit;

public sealed class AuditTrailOnSqliteTests() : AuditTrailTests(new SqliteTestDatabase());

public sealed class AuditTrailOnPostgresTests(PostgresServer server) : AuditTrailTests(new PostgresTestDatabase(server));

public abstract class AuditTrailTests(TestDatabase database) : IAsyncLifetime
{
    private static readonly Actor Ada = new(ActorKind.User, "ada", "s_1", "192.0.2.7");

    // An odd number of ticks: what is stored must be cut to what both databases keep, or the hash would not match.
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 2, 3, 4, TimeSpan.Zero).AddTicks(1234567));
    private StateStore _store = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _store = await database.OpenAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return database.DisposeAsync();
    }

    [Fact]
    public async Task AppendAsync_Row_ComesBackAsWritten()
    {
        await Trail().AppendAsync(new AuditEntry(Ada, "route.change", "route/orders", new { Weight = 1 }, new { Weight = 2 }, "c-1"), Cancel);

        var row = Assert.Single(await Trail().ListAsync(new AuditQuery(), Cancel));
        Assert.Equal((1, "user", "ada", "s_1", "192.0.2.7"), (row.Sequence, row.ActorKind, row.Actor, row.Credential, row.Address));
        Assert.Equal(("route.change", "route/orders", "{\"weight\":1}", "{\"weight\":2}", "c-1"), (row.Action, row.Target, row.Before, row.After, row.Correlation));
        Assert.Equal(_time.GetUtcNow().AddTicks(-7), row.Time);
    }

    [Fact]
    public async Task AppendAsync_ChangeRolledBack_LeavesNoRow()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _store.ChangeAsync(async (db, cancel) =>
        {
            await Trail().AppendAsync(db, Entry(1), cancel);
            await db.SaveChangesAsync(cancel);
            throw new InvalidOperationException();
        }, Cancel));

        Assert.Empty(await Trail().ListAsync(new AuditQuery(), Cancel));
        await WriteAsync(2);
        Assert.True((await VerifyAsync()).Sound);
    }

    [Fact]
    public async Task AppendAsync_SeveralInOneChange_ChainInOrder()
    {
        await _store.ChangeAsync(async (db, cancel) =>
        {
            for (var i = 0; i < 3; i++) await Trail().AppendAsync(db, Entry(i), cancel);
        }, Cancel);

        var found = await VerifyAsync();
        Assert.Equal((3, 3, 3), (found.Rows, found.Sequence, found.Anchor));
        Assert.Empty(found.Problems);
    }

    [Fact]
    public async Task AppendAsync_ManyAtOnceOnTwoNodes_NeverFork()
    {
        var nodes = new[] { Trail(), Trail(await database.OpenAsync()) };

        await Task.WhenAll(Enumerable.Range(0, 80).Select(i => nodes[i % 2].AppendAsync(Entry(i), Cancel)));

        var found = await VerifyAsync();
        Assert.Empty(found.Problems);
        Assert.Equal(80, found.Rows);
    }

    [Fact]
    public async Task AppendAsync_SecretsInSummary_AreNotStored()
    {
        await Trail().AppendAsync(new AuditEntry(Ada, "a.b", "x/y", null, new WithSecret("plain", "hunter2")), Cancel);
        await Trail().AppendAsync(new AuditEntry(Ada, "a.b", "x/y", null, "made tgt_" + new string('a', 43) + " for ada"), Cancel);

        var rows = await Trail().ListAsync(new AuditQuery(), Cancel);
        Assert.Equal(["made tgt_… for ada", "{\"open\":\"plain\"}"], rows.Select(row => row.After));
    }

    [Theory]
    [InlineData("nul \0 inside")]
    [InlineData("lone \ud800 surrogate")]
    [InlineData("'; DROP TABLE audit_rows; --")]
    public async Task AppendAsync_HostileText_IsStoredAndVerifies(string text)
    {
        await Trail().AppendAsync(new AuditEntry(new Actor(ActorKind.Anonymous, text), "login.lock", $"user/{text}", null, text), Cancel);

        Assert.Empty((await VerifyAsync()).Problems);
    }

    [Theory]
    [InlineData("UPDATE audit_rows SET actor = 'eve' WHERE sequence = 3", 3, "altered")]
    [InlineData("UPDATE audit_rows SET before = NULL WHERE sequence = 3", 3, "altered")]
    [InlineData("UPDATE audit_rows SET time = (SELECT time FROM audit_rows WHERE sequence = 2) WHERE sequence = 3", 3, "altered")]
    [InlineData("UPDATE audit_rows SET hash = (SELECT hash FROM audit_rows WHERE sequence = 2) WHERE sequence = 3", 3, "altered")]
    [InlineData("DELETE FROM audit_rows WHERE sequence = 1", 1, "missing")]
    [InlineData("DELETE FROM audit_rows WHERE sequence IN (3, 4)", 3, "missing")]
    [InlineData("DELETE FROM audit_rows WHERE sequence = 3; UPDATE audit_rows SET sequence = sequence - 1 WHERE sequence > 3", 3, "altered")]
    [InlineData("UPDATE audit_rows SET sequence = 99 WHERE sequence = 2; UPDATE audit_rows SET sequence = 2 WHERE sequence = 4; UPDATE audit_rows SET sequence = 4 WHERE sequence = 99", 2, "altered")]
    [InlineData("DELETE FROM audit_rows WHERE sequence > 4", 5, "truncated")]
    [InlineData("DELETE FROM audit_rows WHERE sequence > 4; UPDATE audit_head SET sequence = 4, hash = (SELECT hash FROM audit_rows WHERE sequence = 4)", 5, "truncated")]
    [InlineData("DELETE FROM audit_rows; DELETE FROM audit_head", 1, "anchor")]
    [InlineData("DELETE FROM audit_head", 1, "head")]
    [InlineData("UPDATE audit_head SET sequence = 4", 5, "head")]
    [InlineData("UPDATE audit_head SET hash = 'x'", 6, "head")]
    public async Task VerifyAsync_Tampered_NamesTheFirstBrokenRow(string sql, long first, string code)
    {
        for (var i = 1; i <= 6; i++) await WriteAsync(i);
        Assert.True((await VerifyAsync()).Sound);

        await TamperAsync(sql);

        var found = await VerifyAsync();
        Assert.Equal(first, found.FirstBroken);
        Assert.Equal(code, found.Problems[0].Code);
    }

    [Fact]
    public async Task VerifyAsync_RewrittenWithAllHashes_IsFoundByTheAnchorFile()
    {
        for (var i = 1; i <= 4; i++) await WriteAsync(i);
        await RewriteAsync(row => row.Sequence == 2 ? row with { Actor = "eve" } : row);

        var found = await VerifyAsync();

        Assert.Equal((4, "rewritten"), (found.FirstBroken, found.Problems[0].Code));
    }

    [Fact]
    public async Task VerifyAsync_RewrittenIncludingTheAnchorFile_IsFoundOnlyByAnAnchorNotedElsewhere()
    {
        for (var i = 1; i <= 4; i++) await WriteAsync(i);
        var noted = await VerifyAsync();
        await RewriteAsync(row => row.Sequence == 2 ? row with { Actor = "eve" } : row);
        File.Delete(database.Directory.Combine("audit.anchor"));

        // What docs/specs/audit.md says cannot be found from this machine alone.
        Assert.True((await VerifyAsync()).Sound);

        var found = await Trail().VerifyAsync([new AuditAnchor(noted.Sequence, noted.Hash)], Cancel);
        Assert.Equal("rewritten", Assert.Single(found.Problems).Code);
    }

    [Fact]
    public async Task VerifyAsync_TrailWipedAndBegunAnew_IsFoundUntilItsAnchorIsRemoved()
    {
        for (var i = 1; i <= 4; i++) await WriteAsync(i);
        await TamperAsync("DELETE FROM audit_rows; DELETE FROM audit_head");
        await File.WriteAllTextAsync(database.Directory.Combine("audit.anchor"), """{"Chain":"the-one/before","Sequence":4,"Hash":"00"}""", Cancel); // a new database has a chain of its own
        for (var i = 1; i <= 2; i++) await WriteAsync(i);

        var problem = Assert.Single((await VerifyAsync()).Problems);
        var left = database.Directory.Combine("audit.anchor.of-theonebefore");
        Assert.Equal((1, "anchor"), (problem.Sequence, problem.Code));
        Assert.Contains(left, problem.Detail, StringComparison.Ordinal);
        Assert.Contains("\"Sequence\":4", await File.ReadAllTextAsync(left, Cancel), StringComparison.Ordinal);

        File.Delete(left);
        Assert.True((await VerifyAsync()).Sound);
    }

    [Fact]
    public async Task VerifyAsync_CrashBetweenCommitAndAnchor_IsSound()
    {
        for (var i = 1; i <= 3; i++) await WriteAsync(i);
        var older = await File.ReadAllBytesAsync(database.Directory.Combine("audit.anchor"), Cancel);
        await WriteAsync(4);
        await File.WriteAllBytesAsync(database.Directory.Combine("audit.anchor"), older, Cancel);

        var found = await VerifyAsync();

        Assert.True(found.Sound);
        Assert.Equal((4, 3), (found.Sequence, found.Anchor));
    }

    [Fact]
    public async Task VerifyAsync_UnreadableAnchorFile_IsAProblemNotAnAbsence()
    {
        await WriteAsync(1);
        await File.WriteAllTextAsync(database.Directory.Combine("audit.anchor"), "", Cancel);

        Assert.Equal("anchor", Assert.Single((await VerifyAsync()).Problems).Code);
    }

    [Fact]
    public async Task VerifyAsync_EmptyTrail_IsSound() => Assert.True((await VerifyAsync()).Sound);

    [Fact]
    public async Task ListAsync_Filters_AllMatch()
    {
        var trail = Trail();
        await trail.AppendAsync(new AuditEntry(Ada, "config.apply", "revision/1"), Cancel);
        _time.Advance(TimeSpan.FromMinutes(1));
        await trail.AppendAsync(new AuditEntry(Ada with { Name = "bob" }, "config.rollback", "revision/2"), Cancel);
        _time.Advance(TimeSpan.FromMinutes(1));
        await trail.AppendAsync(new AuditEntry(Ada, "key.create", "key/k_1", null, null, "join"), Cancel);

        Assert.Equal("3 2 1", await Sequences(new AuditQuery()));
        Assert.Equal("2 1", await Sequences(new AuditQuery { Action = "config.*" }));
        Assert.Equal("1", await Sequences(new AuditQuery { Action = "config.apply" }));
        Assert.Equal("3", await Sequences(new AuditQuery { Target = "key/*" }));
        Assert.Equal("2", await Sequences(new AuditQuery { Actor = "bob" }));
        Assert.Equal("3", await Sequences(new AuditQuery { Correlation = "join" }));
        Assert.Equal("2", await Sequences(new AuditQuery { From = _time.GetUtcNow().AddSeconds(-90), To = _time.GetUtcNow().AddSeconds(-30) }));
        Assert.Equal("1", await Sequences(new AuditQuery { Below = 2 }));
        Assert.Equal("3", await Sequences(new AuditQuery { Limit = 1 }));
        Assert.Equal("", await Sequences(new AuditQuery { Action = "%*" }));

        async Task<string> Sequences(AuditQuery query) => string.Join(' ', (await trail.ListAsync(query, Cancel)).Select(row => row.Sequence));
    }

    [Fact]
    public async Task Export_Imported_IsTheSameTrail()
    {
        for (var i = 1; i <= 5; i++) await WriteAsync(i);
        var export = await ExportAsync();
        await TamperAsync("UPDATE audit_rows SET actor = 'eve'");
        await WriteAsync(6);

        await State().ImportAsync(new MemoryStream(export), Cancel);

        Assert.Empty((await VerifyAsync()).Problems);
        Assert.Equal(export, await ExportAsync());
        await WriteAsync(6);
        Assert.Equal(6, (await VerifyAsync()).Rows);
    }

    [Fact]
    public async Task Import_AlteredOrCutOff_ReplacesNothing()
    {
        for (var i = 1; i <= 5; i++) await WriteAsync(i);
        var before = await ExportAsync();
        var text = Encoding.UTF8.GetString(before);
        var cut = string.Join('\n', text.Split('\n')[..4]);

        await Assert.ThrowsAsync<InvalidDataException>(() => State().ImportAsync(new MemoryStream(Encoding.UTF8.GetBytes(text.Replace("thing/3", "thing/9"))), Cancel));
        await Assert.ThrowsAsync<InvalidDataException>(() => State().ImportAsync(new MemoryStream(Encoding.UTF8.GetBytes(cut)), Cancel));

        Assert.Equal(before, await ExportAsync());
        Assert.Empty(await State().VerifyAsync(Cancel));
    }

    private AuditTrail Trail(StateStore? store = null) => new(store ?? _store, Anchor(), _time, NullLogger<AuditTrail>.Instance);

    private AuditState State() => new(_store, Trail(), Anchor(), NullLogger<AuditState>.Instance);

    private AnchorFile Anchor() => new(database.Directory.Path);

    private Task<AuditVerification> VerifyAsync() => Trail().VerifyAsync([], Cancel);

    private Task WriteAsync(int i)
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        return Trail().AppendAsync(Entry(i), Cancel);
    }

    private static AuditEntry Entry(int i) => new(Ada, "thing.change", $"thing/{i}", new { I = i }, new { I = i + 1 });

    private async Task<byte[]> ExportAsync()
    {
        using var stream = new MemoryStream();
        await State().ExportAsync(stream, Cancel);
        return stream.ToArray();
    }

    private Task<int> TamperAsync(string sql) => _store.ChangeAsync((db, cancel) => db.Database.ExecuteSqlRawAsync(sql, cancel), Cancel);

    // A careful forger: every hash and the head made to fit.
    private Task RewriteAsync(Func<AuditRow, AuditRow> edit) => _store.ChangeAsync(async (db, cancel) =>
    {
        var head = await db.Set<AuditHead>().SingleAsync(cancel);
        var rows = await db.Set<AuditRow>().AsNoTracking().OrderBy(row => row.Sequence).ToListAsync(cancel);
        await db.Set<AuditRow>().ExecuteDeleteAsync(cancel);
        head.Hash = AuditHash.Genesis(head.Chain);
        foreach (var row in rows.Select(edit))
        {
            head.Hash = AuditHash.Of(head.Hash, row);
            db.Add(row with { Hash = head.Hash });
        }
    }, Cancel);

    private sealed record WithSecret(string Open, [property: Secret] string Password);
}
