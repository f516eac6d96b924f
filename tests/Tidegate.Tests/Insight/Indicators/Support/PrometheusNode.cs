using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Insight.Indicators;
using Tidegate.Insight.Indicators.Prometheus;
using Tidegate.Insight.Objectives;
using Tidegate.Platform.Storage;
using Tidegate.Tests.Gateway.Support;
using Tidegate.Tests.Insight.Objectives.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Indicators.Support;

/// <summary>A node whose objectives ask Prometheus servers; only the clock is ours, and rounds and ticks are asked for.</summary>
internal sealed class PrometheusNode : IAsyncDisposable
{
    private readonly PrometheusSource _source;
    private readonly ObjectiveNode _node;
    private readonly FakeTimeProvider _time;
    private readonly PrometheusPolling _polling;

    private PrometheusNode(PrometheusSource source, ObjectiveNode node, FakeTimeProvider time, CollectingLog log, bool shared)
    {
        (_source, _node, _time, Log) = (source, node, time, log);
        _polling = new PrometheusPolling(source, node.Hub, node.Counts, node.Store, new Leases(node.Store, shared, time), time, new LoggerFactory([log]).CreateLogger<PrometheusPolling>());
    }

    public CollectingLog Log { get; }

    public ObjectiveNode Objectives => _node;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A node on a database, which may have been that of one before, or be shared with others.</summary>
    public static async Task<PrometheusNode> StartAsync(TestDatabase database, FakeTimeProvider time, string documents, TestSecrets? secrets = null, bool shared = false)
    {
        var source = new PrometheusSource(secrets ?? new());
        return new PrometheusNode(source, await ObjectiveNode.StartAsync(database, time, documents, sources: [source]), time, new(), shared);
    }

    /// <summary>A round and a tick after a time.</summary>
    public async Task AskAsync(TimeSpan after = default)
    {
        _time.Advance(after);
        await _polling.RunAsync(Cancel);
        await _node.TickAsync();
    }

    /// <summary>Begins rounds, and does not wait for their end.</summary>
    public Task BeginAsync() => _polling.BeginAsync(Cancel);

    /// <summary>Rounds and ticks every 10 seconds for a time.</summary>
    public async Task RunAsync(TimeSpan length)
    {
        for (var end = _time.GetUtcNow() + length; _time.GetUtcNow() < end;) await AskAsync(SeriesHub.Tick);
    }

    /// <summary>Rounds and ticks until no past is missing.</summary>
    public async Task ReadPastAsync()
    {
        for (var i = 0; i < 100; i++)
        {
            await AskAsync(SeriesHub.Tick);
            if (_source.Feeds.All(f => f.Reading is null && f.Trouble is null)) return;
        }

        Assert.Fail(string.Join('\n', _source.Feeds.Select(f => $"{f.Trouble} {f.Reading}")));
    }

    public ObjectiveStatus Status(string id) => _node.Status(id);

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        _polling.Dispose();
        _source.Dispose();
    }
}
