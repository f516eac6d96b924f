using Microsoft.Extensions.Hosting;
using Tidegate.Core.Ports;

namespace Tidegate.Gateway.Models.Budgets;

/// <summary>Writes what was counted to where a restart finds it: every ten seconds when there is something new, and at the end, after the last call.</summary>
internal sealed partial class BudgetKeeper(BudgetBook book, BudgetMetrics metrics, TimeProvider time, ILogger<BudgetKeeper> logger, IBudgetStore? store = null) : BackgroundService
{
    /// <summary>How often it writes: what a killed process forgets at most.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly BudgetMetrics _metrics = metrics; // its gauges are made with it, and somebody must ask for it
    private IReadOnlyList<SavedBudget> _saved = [];

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Save();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (store is null) return;
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) Save();
    }

    private void Save()
    {
        if (store is null) return;
        try
        {
            var counts = book.Counts();
            if (!counts.SequenceEqual(_saved) && store.Save(counts)) _saved = counts;
        }
        catch (Exception e)
        {
            Log.Fault(logger, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1913, LogLevel.Error, "The counts of budgets could not be saved because of a fault in the gateway")]
        public static partial void Fault(ILogger logger, Exception exception);
    }
}
