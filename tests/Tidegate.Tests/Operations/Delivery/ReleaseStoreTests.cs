using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Insight.Objectives;
using Tidegate.Operations.Delivery;
using Tidegate.Operations.Delivery.Releasing;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Audit.Chain;
using Tidegate.Platform.Events;
using Tidegate.Platform.Hosting;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Operations.Delivery;

public sealed class ReleaseStoreOnSqliteTests() : ReleaseStoreTests(new SqliteTestDatabase());

public sealed class ReleaseStoreOnPostgresTests(PostgresServer server) : ReleaseStoreTests(new PostgresTestDatabase(server));

public abstract class ReleaseStoreTests(TestDatabase database) : IAsyncLifetime
{
    private static readonly Actor Ci = new(ActorKind.User, "ci");
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _time = new(Nine);
    private AuditTrail _audit = null!;
    private EventLog _events = null!;
    private ReleaseStore _releases = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var store = await database.OpenAsync();
        _audit = new AuditTrail(store, new AnchorFile(database.Directory.Path), _time, NullLogger<AuditTrail>.Instance);
        _events = new EventLog(store);
        _releases = new ReleaseStore(store, _audit, _events, _time);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return database.DisposeAsync();
    }

    [Fact]
    public async Task Release_StartedTwiceAndFinished_IsOneAndIsAuditedAndToldOf()
    {
        var request = new ReleaseRequest { Service = "orders", Version = "v2", Change = "CHG-7", Commit = "3f2a9c1", Url = new("https://ci.example.com/7") };
        var release = await _releases.StartAsync(request, Ci, Cancel);
        Assert.Equal(release.Id, (await _releases.StartAsync(request, Ci, Cancel)).Id);
        _time.Advance(TimeSpan.FromMinutes(5));
        var ended = await _releases.FinishAsync(release.Id, new ReleaseFinish { Result = ReleaseState.Failed, Message = "smoke test" }, Ci, Cancel);
        Assert.Equal((ReleaseState.Failed, "smoke test", Nine.AddMinutes(5)), (ended!.State, ended.Message, ended.FinishedAt!.Value.ToUniversalTime()));

        // It has ended: its end stays, and the next attempt is another release.
        Assert.Equal(ReleaseState.Failed, (await _releases.FinishAsync(release.Id, new ReleaseFinish { Result = ReleaseState.Succeeded }, Ci, Cancel))!.State);
        Assert.NotEqual(release.Id, (await _releases.StartAsync(request, Ci, Cancel)).Id);
        Assert.Null(await _releases.FinishAsync("r_0", new ReleaseFinish { Result = ReleaseState.Succeeded }, Ci, Cancel));

        Assert.Equal("https://ci.example.com/7", (await _releases.FindAsync(release.Id, Cancel))!.Url!.AbsoluteUri);
        Assert.Equal(2, (await _releases.ListAsync("orders", null, 10, Cancel)).Count);
        Assert.Empty(await _releases.ListAsync("stock", null, 10, Cancel));
        Assert.Equal(["delivery.release_start", "delivery.release_finish", "delivery.release_start"], (await _audit.ListAsync(new AuditQuery(), Cancel)).Select(row => row.Action));
        Assert.Equal([ReleaseStore.Started, ReleaseStore.Finished, ReleaseStore.Started], (await _events.ListAsync(new EventQuery { Subject = "service/orders" }, Cancel)).Select(e => e.Type));
    }

    [Fact]
    public async Task NoteAsync_VersionNobodyToldOf_IsSeenOnce()
    {
        await _releases.StartAsync(new ReleaseRequest { Service = "orders", Version = "v1" }, Ci, Cancel);
        await _releases.NoteAsync("orders", "v1", Cancel);
        await _releases.NoteAsync("orders", "v2", Cancel);
        await _releases.NoteAsync("orders", "v2", Cancel);

        var seen = Assert.Single(await _events.ListAsync(new EventQuery { Type = ReleaseStore.Seen }, Cancel));
        Assert.Equal("v2", seen.Data!["version"]!.GetValue<string>());
        Assert.Equal((ReleaseState.Seen, "traffic"), (await _releases.ListAsync("orders", null, 10, Cancel)).Where(r => r.Version == "v2").Select(r => (r.State, r.Author)).Single());
    }

    // semantics 3.7
    [Fact]
    public async Task Attribution_MomentBelongsToTheNewestRelease_AndOneTakenBackEnds()
    {
        var first = await _releases.StartAsync(new ReleaseRequest { Service = "orders", Version = "v1" }, Ci, Cancel);
        await _releases.FinishAsync(first.Id, new ReleaseFinish { Result = ReleaseState.Succeeded }, Ci, Cancel);
        await _releases.StartAsync(new ReleaseRequest { Service = "stock", Version = "v9" }, Ci, Cancel);
        _time.Advance(TimeSpan.FromHours(1));
        var bad = await _releases.StartAsync(new ReleaseRequest { Service = "orders", Version = "v2" }, Ci, Cancel);
        _time.Advance(TimeSpan.FromMinutes(10));
        await _releases.FinishAsync(bad.Id, new ReleaseFinish { Result = ReleaseState.RolledBack }, Ci, Cancel);
        var source = new ReleaseAttribution(_releases);
        var objective = new ObjectiveStatus
        {
            Id = "o", Slo = "o", Service = "orders", DisplayName = "", Good = "", State = "ok", Target = 0.9, Bad = 0, Total = 1, Unit = "events", Burn = new Dictionary<string, double?>(StringComparer.Ordinal), PeriodStart = Nine, PeriodEnd = Nine,
        };

        var spans = await source.BetweenAsync(objective, Nine, _time.GetUtcNow().AddHours(1), Cancel);
        Assert.Equal([(bad.Id, "orders v2, rolled back", Nine.AddMinutes(70)), (first.Id, "orders v1", (DateTimeOffset?)null)], spans.Select(s => (s.Key, s.Text, s.Until?.ToUniversalTime())));
        Assert.Equal([first.Id], (await source.BetweenAsync(objective, Nine.AddHours(2), Nine.AddHours(3), Cancel)).Select(s => s.Key));
    }

    [Fact]
    public async Task Changes_ReleaseUnderWayBeforeAnAlert_ExplainsIt()
    {
        var early = await _releases.StartAsync(new ReleaseRequest { Service = "orders", Version = "v1" }, Ci, Cancel);
        _time.Advance(TimeSpan.FromMinutes(1));
        await _releases.FinishAsync(early.Id, new ReleaseFinish { Result = ReleaseState.Succeeded }, Ci, Cancel);
        _time.Advance(TimeSpan.FromHours(2));
        var late = await _releases.StartAsync(new ReleaseRequest { Service = "orders", Version = "v2", Change = "CHG-7", Commit = "3f2a9c1", Message = "faster search" }, Ci, Cancel);

        var changes = await new ReleaseChanges(_releases).BetweenAsync(Nine.AddHours(1), Nine.AddHours(3), Cancel);

        var change = Assert.Single(changes);
        Assert.Equal(("release", late.Id, "ci", "orders v2, under way (change CHG-7; commit 3f2a9c1; faster search)"), (change.Kind, change.Id, change.Author, change.Text));
        Assert.Equal(2, (await new ReleaseChanges(_releases).BetweenAsync(Nine, Nine.AddHours(3), Cancel)).Count);
    }

    [Theory]
    [InlineData("", "v1", null, "service")]
    [InlineData("orders", " ", null, "version")]
    [InlineData("orders", "v\01", null, "version")]
    [InlineData("orders", "v1", "ftp://example.com", "url")]
    [InlineData("orders", "v1", "/relative", "url")]
    public async Task StartAsync_MakesNoSense_IsRefusedWithTheKey(string service, string version, string? url, string path)
    {
        var request = new ReleaseRequest { Service = service, Version = version, Url = url is null ? null : new Uri(url, UriKind.RelativeOrAbsolute) };
        var refused = await Assert.ThrowsAsync<ProblemException>(() => _releases.StartAsync(request, Ci, Cancel));
        Assert.Equal((400, path), (refused.Problem.Status, refused.Problem.Path));
    }

    [Fact]
    public async Task FinishAsync_ResultThatIsNoEnd_IsRefused() => Assert.Equal(
        "result", (await Assert.ThrowsAsync<ProblemException>(() => _releases.FinishAsync("r_0", new ReleaseFinish { Result = ReleaseState.Seen }, Ci, Cancel))).Problem.Path);
}
