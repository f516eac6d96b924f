using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources.Reading;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Audit.Chain;
using Tidegate.Platform.ConfigStore;
using Tidegate.Platform.ConfigStore.Publishing;
using Tidegate.Platform.ConfigStore.Revisions;
using Tidegate.Platform.ConfigStore.Secrets;
using Tidegate.Platform.ConfigStore.Watching;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Storage;

namespace Tidegate.Tests.Platform.ConfigStore;

/// <summary>The configuration modules of one node, on a real database, with a clock that stands still.</summary>
internal sealed class ConfigNode
{
    public const string Good = """
        apiVersion: tidegate/v1
        kind: Service
        metadata: { name: orders }
        spec: { destinations: [ { address: "http://a:1" } ] }
        ---
        apiVersion: tidegate/v1
        kind: Route
        metadata: { name: orders }
        spec: { service: orders, match: { path: /orders } }

        """;

    private readonly string _data;

    public ConfigNode(StateStore store, string data, FakeTimeProvider? time = null)
    {
        _data = data;
        Time = time ?? new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));
        var audit = new AuditTrail(store, new AnchorFile(data), Time, NullLogger<AuditTrail>.Instance);
        File = new LastGoodFile(data, NullLogger<LastGoodFile>.Instance);
        Publisher = new ConfigPublisher(store, File, new ConfigListeners(NullLogger<ConfigListeners>.Instance), Time, TimeSpan.FromSeconds(10), NullLogger<ConfigPublisher>.Instance);
        var check = new CandidateCheck(new NodeSecrets(data), node: null);
        Revisions = new RevisionStore(store, audit, Publisher, new ReadMemory(Time), check, Time);
        Overlays = new OverlayStore(store, audit, Publisher, Revisions, check, Time);
        Audit = audit;
    }

    public static Actor Ada { get; } = new(ActorKind.User, "ada");

    public FakeTimeProvider Time { get; }

    public LastGoodFile File { get; }

    public ConfigPublisher Publisher { get; }

    public RevisionStore Revisions { get; }

    public OverlayStore Overlays { get; }

    public ConfigDirectoryState DirectoryState { get; } = new("config");

    public AuditTrail Audit { get; }

    public static Candidate Candidate(string text, long? parent = null) => new() { Texts = [new SourceText("a.yaml", text)], Parent = parent, Message = "because" };

    public Task<Applied> ApplyAsync(string text, long? parent = null) => Revisions.ApplyAsync(Candidate(text, parent), Ada, TestContext.Current.CancellationToken);

    public DirectorySource Directory(string path, bool watch) => new(
        new ProcessOptions { DataDirectory = _data, ConfigDirectory = path, Watch = watch }, Revisions, DirectoryState, Time, NullLogger<DirectorySource>.Instance);

    /// <summary>Completes when a configuration that is wanted is published; now if it is already.</summary>
    public async Task<ActiveConfig> UntilAsync(Func<ActiveConfig, bool> wanted)
    {
        var found = new TaskCompletionSource<ActiveConfig>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = Publisher.Subscribe(c => { if (wanted(c)) found.TrySetResult(c); });
        if (Publisher.Current is { } current && wanted(current)) return current;
        return await found.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }
}
