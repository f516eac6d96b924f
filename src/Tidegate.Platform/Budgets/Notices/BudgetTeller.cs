using System.Globalization;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Tidegate.Core.Ports;
using Tidegate.Platform.Events;
using Tidegate.Platform.Storage;

namespace Tidegate.Platform.Budgets.Notices;

/// <summary>
/// Writes notices of budgets down as events. Their ids are made of budget, count, window and limit, so each is there once, whoever tells of it and how often: calls do when it happens, and
/// this looks at all counts itself, after a restart and whenever something was in the way.
/// </summary>
internal sealed partial class BudgetTeller(StateStore store, EventLog events, IBudgetStatus status, TimeProvider time, ILogger<BudgetTeller> logger) : BackgroundService, IBudgetNotices
{
    /// <summary>How often it looks, and tries again what could not be written.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private const int MostWaiting = 1024;

    private readonly Channel<BudgetNotice> _news = Channel.CreateBounded<BudgetNotice>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly Dictionary<string, DateTimeOffset> _told = new(StringComparer.Ordinal); // until when it could be told again

    /// <summary>Takes a notice over; what does not fit is found when the counts are looked at.</summary>
    public void Tell(BudgetNotice notice) => _news.Writer.TryWrite(notice);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await store.Ready.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Interval, time);
        var (tick, more) = (Task.FromResult(true), Task.FromResult(true));
        while (true)
        {
            if (tick.IsCompleted)
            {
                await tick;
                await LookAsync(stoppingToken);
                tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
            }

            if (more.IsCompleted)
            {
                await more;
                while (_news.Reader.TryRead(out var notice)) await WriteAsync(notice, stoppingToken);
                more = _news.Reader.WaitToReadAsync(stoppingToken).AsTask();
            }

            await Task.WhenAny(tick, more);
        }
    }

    private async Task LookAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        foreach (var (id, _) in _told.Where(t => t.Value < now).ToList()) _told.Remove(id);
        foreach (var budget in status.Budgets)
        {
            if (budget.SoftReached) await WriteAsync(new BudgetNotice(BudgetNoticeKind.SoftLimitReached, budget, now), cancel);
        }
    }

    private async Task WriteAsync(BudgetNotice notice, CancellationToken cancel)
    {
        var (budget, isSoft) = (notice.Budget, notice.Kind == BudgetNoticeKind.SoftLimitReached);
        var what = isSoft ? string.Create(CultureInfo.InvariantCulture, $"soft-{budget.SoftLimit:0.###}") : "exhausted";
        var id = $"budget/{budget.Budget}/{budget.Part}/{budget.StartedAt.UtcDateTime:yyyyMMdd'T'HHmm'Z'}/{what}";
        if (_told.ContainsKey(id)) return;
        try
        {
            await events.AppendAsync(new NewEvent(id, isSoft ? BudgetEventTypes.SoftLimitReached : BudgetEventTypes.Exhausted, $"budget/{budget.Budget}", notice.At, budget), cancel);
            _told[id] = budget.ResetsAt;
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            Log.NotWritten(logger, id, e.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2410, LogLevel.Warning, "Event {Event} of a budget cannot be written: {Reason} It is tried again while its window lasts.")]
        public static partial void NotWritten(ILogger logger, string @event, string reason);
    }
}
