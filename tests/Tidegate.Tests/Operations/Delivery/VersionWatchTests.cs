using Microsoft.Extensions.Logging.Abstractions;
using Tidegate.Operations.Delivery;
using Tidegate.Operations.Delivery.Releasing;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Audit.Chain;
using Tidegate.Platform.Events;
using Tidegate.Tests.Gateway.Support;
using Tidegate.Tests.Insight.CallLog.Support;
using Tidegate.Tests.Insight.Objectives.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Operations.Delivery;

public sealed class VersionWatchTests
{
    private const string Split = """
        apiVersion: tidegate/v1
        kind: Service
        metadata: {name: shop}
        spec: {destinations: [{address: "http://127.0.0.1:9"}]}
        ---
        apiVersion: tidegate/v1
        kind: Route
        metadata: {name: orders}
        spec: {split: [{service: shop, version: v1, weight: 90}, {service: shop, version: v2, weight: 10}], match: {path: /orders}}
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LookAsync_VersionInTheTraffic_BecomesAReleaseOnceUnlessItWasToldOf()
    {
        await using var database = new SqliteTestDatabase();
        await using var calls = await TestCallLog.StartAsync();
        var store = await database.OpenAsync();
        var releases = new ReleaseStore(store, new AuditTrail(store, new AnchorFile(database.Directory.Path), calls.Time, NullLogger<AuditTrail>.Instance), new EventLog(store), calls.Time);
        await releases.StartAsync(new ReleaseRequest { Service = "shop", Version = "v1" }, new Actor(ActorKind.User, "ci"), Cancel);
        var config = new TestConfigSource();
        config.Apply(ObjectiveNode.Read(Split));
        using var watch = new VersionWatch(releases, calls.Store, config, calls.Time, NullLogger<VersionWatch>.Instance);

        await watch.LookAsync(Cancel);
        Assert.Equal(["v1"], (await releases.ListAsync(null, null, 10, Cancel)).Select(r => r.Version));

        var (told, prompt, other) = (SampleCalls.Ordinary(), SampleCalls.Ordinary(), SampleCalls.Ordinary());
        (told.Version, prompt.Prompt, other.Version) = ("v1", "triage", "not-in-the-document");
        await calls.WriteAsync(told, prompt, other);
        await watch.LookAsync(Cancel);
        Assert.Equal(["v1"], (await releases.ListAsync(null, null, 10, Cancel)).Select(r => r.Version));

        await calls.WriteAsync(SampleCalls.Ordinary());
        await watch.LookAsync(Cancel);
        await watch.LookAsync(Cancel);
        Assert.Equal([("v1", ReleaseState.Running), ("v2", ReleaseState.Seen)], (await releases.ListAsync("shop", null, 10, Cancel)).Select(r => (r.Version, r.State)).Order());
    }

    [Fact]
    public async Task LookAsync_VersionThatAnswersNamed_BecomesAReleaseOnce()
    {
        await using var database = new SqliteTestDatabase();
        await using var calls = await TestCallLog.StartAsync();
        var store = await database.OpenAsync();
        var releases = new ReleaseStore(store, new AuditTrail(store, new AnchorFile(database.Directory.Path), calls.Time, NullLogger<AuditTrail>.Instance), new EventLog(store), calls.Time);
        await releases.StartAsync(new ReleaseRequest { Service = "shop", Version = "1.4.1" }, new Actor(ActorKind.User, "ci"), Cancel);
        var config = new TestConfigSource();
        config.Apply(ObjectiveNode.Read("""
            apiVersion: tidegate/v1
            kind: Service
            metadata: {name: shop}
            spec: {destinations: [{address: "http://127.0.0.1:9"}], versionHeader: X-Version}
            """));
        using var watch = new VersionWatch(releases, calls.Store, config, calls.Time, NullLogger<VersionWatch>.Instance);
        var (told, named, none, prompt, other) = (SampleCalls.Ordinary(), SampleCalls.Ordinary(), SampleCalls.Ordinary(), SampleCalls.Ordinary(), SampleCalls.Ordinary());
        foreach (var call in new[] { told, named, none, prompt, other }) (call.Service, call.Version) = ("shop", "1.4.2");
        (told.Version, none.Version, prompt.Prompt, prompt.Version, other.Service, other.Version) = ("1.4.1", "", "triage", "7", "elsewhere", "1.4.3");

        await calls.WriteAsync(told, named, none, prompt, other);
        await watch.LookAsync(Cancel);
        await watch.LookAsync(Cancel);

        Assert.Equal([("1.4.1", ReleaseState.Running), ("1.4.2", ReleaseState.Seen)], (await releases.ListAsync(null, null, 10, Cancel)).Select(r => (r.Version, r.State)).Order());
    }
}
