using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Gateway.Health;

namespace Tidegate.Gateway.Snapshot;

/// <summary>Follows the configuration: builds, swaps, and keeps the old snapshot when the new one cannot be built.</summary>
internal sealed partial class SnapshotUpdater : INodeStatus, IDisposable
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly IConfigSource _source;
    private readonly SnapshotBuilder _builder;
    private readonly SnapshotHolder _holder;
    private readonly ILogger<SnapshotUpdater> _logger;
    private readonly RetiredSnapshots _retired = new();
    private readonly ITimer _sweep;
    private readonly TimeProvider _time;
    private IDisposable? _subscription;

    public SnapshotUpdater(IConfigSource source, SnapshotBuilder builder, SnapshotHolder holder, TimeProvider time, ILogger<SnapshotUpdater> logger)
    {
        (_source, _builder, _holder, _time, _logger) = (source, builder, holder, time, logger);
        _sweep = time.CreateTimer(static state => ((RetiredSnapshots)state!).Sweep(), _retired, SweepInterval, SweepInterval);
    }

    /// <inheritdoc/>
    public ActiveConfig? Running => _holder.Current?.Config;

    /// <inheritdoc/>
    public IReadOnlyList<Finding> Rejected { get; private set; } = [];

    /// <inheritdoc/>
    public long? RejectedRevision { get; private set; }

    /// <inheritdoc/>
    public bool Ready => _holder.Current is not null && !Draining;

    /// <summary>Set when the node is about to stop.</summary>
    public bool Draining { get; set; }

    /// <summary>Configurations taken since the start.</summary>
    public long Taken { get; private set; }

    /// <summary>Configurations refused since the start.</summary>
    public long Refused { get; private set; }

    /// <summary>Calls being served now, on whatever snapshot.</summary>
    public long CallsInFlight => (_holder.Current?.Calls.Value ?? 0) + _retired.Calls;

    /// <inheritdoc/>
    public IReadOnlyList<DestinationStatus> Destinations => [.. DestinationReport.Of(_holder.Current?.Services ?? [], _time), .. DestinationReport.Of(_holder.Current?.Models.All ?? [], _time)];

    /// <summary>Takes the current configuration and every later one.</summary>
    public void Start()
    {
        _subscription = _source.Subscribe(Apply);
        if (_source.Current is { } current) Apply(current);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _subscription?.Dispose();
        _sweep.Dispose();
    }

    private void Apply(ActiveConfig config)
    {
        lock (_gate)
        {
            var old = _holder.Current;
            if (old is not null && old.Config.Generation >= config.Generation) return;
            var findings = new FindingList();
            var next = Build(config, old, findings);
            Rejected = next is null ? findings.All : [];
            RejectedRevision = next is null ? config.Revision : null;
            if (next is null)
            {
                Refused++;
                Log.Rejected(_logger, config.Revision, old?.Config.Revision ?? 0, string.Join("; ", findings.All));
                return;
            }

            _holder.Swap(next);
            Taken++;
            if (old is not null)
            {
                _retired.Add(old, next);
                _retired.Sweep();
            }

            foreach (var route in next.Routes.Routes)
                foreach (var rule in route.Identify.Tokens) rule.Warm();
            Log.Applied(_logger, config.Revision, config.Generation, next.Routes.Routes.Count, next.Services.Count);
        }
    }

    private GatewaySnapshot? Build(ActiveConfig config, GatewaySnapshot? old, FindingList findings)
    {
        try
        {
            return _builder.Build(config, old, findings);
        }
        catch (Exception e)
        {
            // A fault of ours must not end the subscription: the next document may well be fine.
            Log.Fault(_logger, e, config.Revision);
            findings.Error(null, "gateway_error", "", $"The gateway could not build this configuration ({e.GetType().Name}: {e.Message}). This is a bug: please report it with the log.");
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1002, LogLevel.Information, "Revision {Revision} (generation {Generation}) is in force, routes: {Routes}, services: {Services}")]
        public static partial void Applied(ILogger logger, long revision, long generation, int routes, int services);

        [LoggerMessage(1003, LogLevel.Error, "Revision {Revision} was not taken, revision {Old} goes on serving: {Findings}")]
        public static partial void Rejected(ILogger logger, long revision, long old, string findings);

        [LoggerMessage(1004, LogLevel.Error, "Revision {Revision} could not be built because of a fault in the gateway")]
        public static partial void Fault(ILogger logger, Exception exception, long revision);
    }
}
