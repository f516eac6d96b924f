using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Tidegate.Platform.Events.Entries;
using Tidegate.Platform.Storage;

namespace Tidegate.Platform.Events.Dispatch;

/// <summary>Tells subscribers of events, each at its own pace, on the node that holds the lease.</summary>
internal sealed partial class EventDispatcher(
    EventLog log, StateStore store, Leases leases, IEnumerable<IEventSubscriber> subscribers, DispatchHealth health, TimeProvider time, ILogger<EventDispatcher> logger)
    : BackgroundService
{
    private const int Batch = 100;
    private const string Work = "events";
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>Other nodes write events, too: how long they may wait for the node that tells of them.</summary>
    private static readonly TimeSpan Poll = Leases.Length / 6;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await store.Ready.WaitAsync(stoppingToken);
        await Task.WhenAll(subscribers.Select(s => TellAsync(s, stoppingToken)));
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (var subscriber in subscribers) await leases.ReleaseAsync(LeaseOf(subscriber), cancellationToken);
    }

    private static string LeaseOf(IEventSubscriber subscriber) => $"{Work}/{subscriber.Name}";

    private async Task TellAsync(IEventSubscriber subscriber, CancellationToken stop)
    {
        var (pause, watch) = (FirstPause, new StateWatch(store));
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var more = log.More;
                if (await leases.HoldAsync(LeaseOf(subscriber), stop)) await watch.LookAsync(inner => TellAllAsync(subscriber, inner), stop);
                pause = FirstPause;
                health.Well(subscriber.Name);
                await Task.WhenAny(more, Task.Delay(Poll, time, stop));
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                health.Unwell(subscriber.Name, error.Message);
                Log.Failed(logger, subscriber.Name, pause.TotalSeconds, error.Message, error);
                await Task.Delay(pause, time, stop);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    private async Task TellAllAsync(IEventSubscriber subscriber, CancellationToken stop)
    {
        var at = await CursorAsync(subscriber.Name, stop);
        while (await log.AfterAsync(at, Batch, stop) is { Count: > 0 } events)
        {
            foreach (var happened in events)
            {
                if (subscriber.Wants(happened.Type))
                {
                    await subscriber.HandleAsync(happened, stop);
                    // It has acted: that is written down even while the node stops.
                    await MoveAsync(subscriber.Name, happened.Sequence, CancellationToken.None);
                }

                at = happened.Sequence;
            }

            await MoveAsync(subscriber.Name, at, stop);
            if (!await leases.HoldAsync(LeaseOf(subscriber), stop)) return;
        }
    }

    // Whoever is new begins with what happens from now on.
    private async Task<long> CursorAsync(string name, CancellationToken cancel) =>
        await store.ReadAsync((db, inner) => db.Set<EventCursor>().Where(c => c.Subscriber == name).Select(c => (long?)c.Sequence).FirstOrDefaultAsync(inner), cancel)
        ?? await BeginAsync(name, cancel);

    private Task<long> BeginAsync(string name, CancellationToken cancel) => store.ChangeAsync(async (db, inner) =>
    {
        if (await db.Set<EventCursor>().FirstOrDefaultAsync(c => c.Subscriber == name, inner) is { } known) return known.Sequence;
        var head = await db.Set<EventRow>().MaxAsync(row => (long?)row.Sequence, inner) ?? 0;
        db.Add(new EventCursor { Subscriber = name, Sequence = head });
        return head;
    }, cancel);

    private Task<long> MoveAsync(string name, long sequence, CancellationToken cancel) => store.ChangeAsync(
        async (db, inner) => (await db.Set<EventCursor>().FirstAsync(c => c.Subscriber == name, inner)).Sequence = sequence, cancel);

    private static partial class Log
    {
        [LoggerMessage(2500, LogLevel.Error, "{Subscriber} could not act on an event and is told again in {Seconds} s: {Reason}")]
        public static partial void Failed(ILogger logger, string subscriber, double seconds, string reason, Exception error);
    }
}
