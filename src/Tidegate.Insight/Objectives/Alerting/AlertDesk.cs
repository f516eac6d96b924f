using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Platform.Storage;

namespace Tidegate.Insight.Objectives.Alerting;

/// <summary>
/// Where alerts are written down and told of. First on disk, in the tick; then, beside it, explained within a few seconds; then told of as an event, explained or not.
/// A process that ends in between leaves nothing untold: the next one tells.
/// </summary>
internal sealed partial class AlertDesk(AlertStore store, AlertExplainer explainer, TimeProvider time, ILogger<AlertDesk> logger) : BackgroundService
{
    private static readonly TimeSpan ExplainLimit = TimeSpan.FromSeconds(5);

    private readonly Channel<Alert> _untold = Channel.CreateUnbounded<Alert>();
    private readonly Queue<AlertTurn> _unwritten = new();

    /// <summary>Takes what began and ended, to be written in this order.</summary>
    public void Take(Objective objective, IEnumerable<AlertTurn> turns)
    {
        foreach (var turn in turns)
        {
            if (turn.Fired is { } alert) Log.Fired(logger, alert.Severity, objective.Id, alert.Summary);
            else Log.Ended(logger, turn.Id);
            _unwritten.Enqueue(turn);
        }
    }

    /// <summary>Writes all of it; what cannot be written waits for the next time.</summary>
    public async Task WriteAsync(CancellationToken cancel)
    {
        while (_unwritten.TryPeek(out var turn))
        {
            try
            {
                if (turn.Fired is { } alert) await store.FireAsync(alert, cancel);
                else await store.ResolveAsync(turn.Id, turn.At, cancel);
            }
            catch (StateUnavailableException unavailable)
            {
                Log.NotWritten(logger, _unwritten.Count, unavailable.Message);
                return;
            }

            _unwritten.Dequeue();
            if (turn.Fired is { } written) _untold.Writer.TryWrite(written);
        }
    }

    /// <summary>Alerts that fire, as they are on disk.</summary>
    public Task<IReadOnlyList<Alert>> OpenAsync(CancellationToken cancel) => store.ListAsync(all: false, null, int.MaxValue, cancel);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await store.Ready.WaitAsync(stoppingToken);
        foreach (var alert in await store.UnannouncedAsync(stoppingToken)) await TellAsync(alert, stoppingToken);
        await foreach (var alert in _untold.Reader.ReadAllAsync(stoppingToken)) await TellAsync(alert, stoppingToken);
    }

    private async Task TellAsync(Alert alert, CancellationToken cancel)
    {
        AlertEvidence evidence;
        using (var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel))
        {
            limit.CancelAfter(ExplainLimit);
            try
            {
                evidence = await explainer.ExplainAsync(alert, limit.Token);
                cancel.ThrowIfCancellationRequested(); // unexplained because the process ends: the next one explains, and tells
            }
            catch (Exception error) when (!cancel.IsCancellationRequested)
            {
                // Somebody must be woken, explained or not.
                evidence = new AlertEvidence { Gaps = [$"The alert could not be explained: {error.Message}"] };
            }
        }

        while (true)
        {
            try
            {
                await store.AnnounceAsync(alert with { Evidence = evidence }, cancel);
                return;
            }
            catch (StateUnavailableException)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), time, cancel);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3310, LogLevel.Error, "ALERT ({Severity}) {Objective}: {Summary}")]
        public static partial void Fired(ILogger logger, AlertSeverity severity, string objective, string summary);

        [LoggerMessage(3311, LogLevel.Information, "Alert {Alert} has ended")]
        public static partial void Ended(ILogger logger, string alert);

        [LoggerMessage(3312, LogLevel.Error, "{Count} alerts cannot be written down yet, and nobody can be told: {Reason}")]
        public static partial void NotWritten(ILogger logger, int count, string reason);
    }
}
