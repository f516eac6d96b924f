using Tidegate.Core.Ports;
using Tidegate.Core.Resources;

namespace Tidegate.Gateway.Snapshot;

/// <summary>Follows the configuration: builds, swaps, and keeps the old snapshot when the new one cannot be built.</summary>
internal sealed partial class SnapshotUpdater(IConfigSource source, SnapshotBuilder builder, SnapshotHolder holder, ILogger<SnapshotUpdater> logger) : INodeStatus, IDisposable
{
    private readonly Lock _gate = new();
    private IDisposable? _subscription;

    /// <inheritdoc/>
    public ActiveConfig? Running => holder.Current?.Config;

    /// <inheritdoc/>
    public IReadOnlyList<Finding> Rejected { get; private set; } = [];

    /// <inheritdoc/>
    public bool Ready => holder.Current is not null && !Draining;

    /// <summary>Set when the node is about to stop.</summary>
    public bool Draining { get; set; }

    /// <inheritdoc/>
    public IReadOnlyList<DestinationStatus> Destinations => [];

    /// <summary>Takes the current configuration and every later one.</summary>
    public void Start()
    {
        _subscription = source.Subscribe(Apply);
        if (source.Current is { } current) Apply(current);
    }

    /// <inheritdoc/>
    public void Dispose() => _subscription?.Dispose();

    private void Apply(ActiveConfig config)
    {
        lock (_gate)
        {
            if (Running is { } running && running.Generation >= config.Generation) return;
            var findings = new List<Finding>();
            var next = builder.Build(config, holder.Current, findings);
            Rejected = findings;
            if (next is null) return;
            holder.Swap(next);
            Log.Applied(logger, config.Revision, config.Generation);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1002, LogLevel.Information, "Revision {Revision} (generation {Generation}) is in force")]
        public static partial void Applied(ILogger logger, long revision, long generation);
    }
}
