using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Objectives.NotificationTargets;
using Tidegate.Insight.Notifications.Channels;
using Tidegate.Insight.Notifications.Routing;
using Tidegate.Insight.Notifications.Texts;
using Tidegate.Platform.Storage;

namespace Tidegate.Insight.Notifications.Outbox;

/// <summary>
/// Sends what is due, on the node that holds the lease. A message is marked as sent after it was taken: one that was taken just before a crash is sent again, under the
/// same id. What is not taken is tried again after growing pauses, and given up after a day; the dead are shown until somebody sends them again.
/// </summary>
internal sealed partial class OutboxSender(
    StateStore store, Leases leases, AlertRouter router, FiringAlerts firing, IEnumerable<INotificationChannel> channels, IConfigSource config, OutboxSignal signal, OutboxHealth health,
    IRandomSource random, TimeProvider time, ILogger<OutboxSender> logger)
    : BackgroundService
{
    private const int Batch = 500, MostNamed = 5;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan GiveUp = TimeSpan.FromHours(24);

    private readonly Dictionary<Type, INotificationChannel> _channels = channels.ToDictionary(c => c.Settings);
    private readonly StateWatch _watch = new(store);
    private DateTimeOffset _looked = DateTimeOffset.MinValue;
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await store.Ready.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = signal.Next;
            try
            {
                if (await leases.HoldAsync("notifications", stoppingToken)) await (time.GetUtcNow() >= _next ? RunAsync(stoppingToken) : _watch.LookAsync(RunAsync, stoppingToken));
            }
            catch (StateUnavailableException unavailable)
            {
                Log.NotRead(logger, unavailable.Message);
            }

            await Task.WhenAny(next, Task.Delay(Poll, time, stoppingToken));
        }
    }

    /// <summary>Everything that is due now.</summary>
    internal async Task RunAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        _next = now; // again at the next poll when this fails
        var looks = now - _looked >= Look;
        var isAnyFiring = false;
        if (looks)
        {
            // Silences end, causes go away, and what still fires is said again.
            _looked = now;
            var (all, told) = await firing.LookAsync(cancel);
            isAnyFiring = all.Count > 0;
            foreach (var notice in told) await router.FiringAsync(notice, all, cancel);
        }

        var due = await store.ReadAsync((db, inner) => db.Set<OutboxRow>().Where(r => r.State == OutboxRow.Pending && r.NextAt <= now).OrderBy(r => r.NextAt).Take(Batch).ToListAsync(inner), cancel);
        // A target that hangs must not hold up the others.
        await Task.WhenAll(due.GroupBy(r => r.Target, StringComparer.Ordinal).Select(async target =>
        {
            foreach (var group in target.GroupBy(r => r.Kind == "test" ? r.Id : r.GroupKey, StringComparer.Ordinal)) await SendAsync(target.Key, [.. group.OrderBy(r => r.CreatedAt)], now, cancel);
        }));
        health.Dead = await store.ReadAsync((db, inner) => db.Set<OutboxRow>().CountAsync(r => r.State == OutboxRow.Dead, inner), cancel);
        var isAnyPending = await store.ReadAsync((db, inner) => db.Set<OutboxRow>().AnyAsync(r => r.State == OutboxRow.Pending, inner), cancel);
        // Without anything pending or firing only a change brings work; a change may be that something fires.
        _next = isAnyPending ? now : looks && !isAnyFiring ? DateTimeOffset.MaxValue : _looked + Look;
    }

    private async Task SendAsync(string target, List<OutboxRow> rows, DateTimeOffset now, CancellationToken cancel)
    {
        if (config.Current?.Document.Find($"NotificationTarget/{target}") is not Resource<NotificationTargetConfig> { Spec: var spec })
        {
            await MarkAsync(rows, r => (r.State, r.Reason) = (OutboxRow.Dead, "The target is not in the configuration any more."));
            return;
        }

        // What is said of an alert is the last that is known of it.
        var notices = rows.Select(r => r.ToNotice()).GroupBy(n => n.Alert, StringComparer.Ordinal).Select(g => g.OrderBy(n => n.IsResolved).Last()).ToList();
        var message = new ChannelMessage(rows[0].Id, $"/tidegate/{store.Installation}", rows[0].CreatedAt, NoticeText.Title(notices, spec.Templates), NoticeText.Body(notices, spec.Templates), notices);
        try
        {
            await _channels[spec.Channel.GetType()].SendAsync(spec.Channel, message, cancel);
            await MarkAsync(rows, r => (r.State, r.Reason, r.Attempts, r.SentAt) = (OutboxRow.Sent, "", r.Attempts + 1, time.GetUtcNow()));
            Log.Sent(logger, target, Named(rows));
        }
        catch (ChannelException failure)
        {
            // Each by its own age: one that is new is not given up with another of its group that has waited for a day.
            var isTriedAgain = false;
            await MarkAsync(rows, r =>
            {
                var dead = failure.IsFinal || now - r.CreatedAt > GiveUp;
                (r.Reason, r.Attempts, r.State) = (failure.Message, r.Attempts + 1, dead ? OutboxRow.Dead : OutboxRow.Pending);
                r.NextAt = now + Pause(r.Attempts);
                isTriedAgain |= !dead;
            });
            Log.NotSent(logger, target, isTriedAgain ? "It is tried again." : "It is given up.", failure.Message);
        }
    }

    private static string Named(List<OutboxRow> rows) =>
        string.Join(", ", rows.Take(MostNamed).Select(r => $"{r.Kind} {r.Alert}")) + (rows.Count > MostNamed ? $" and {rows.Count - MostNamed} more" : "");

    // Exponential with full jitter, but never at once.
    private TimeSpan Pause(int attempts)
    {
        var longest = FirstPause * Math.Pow(2, Math.Min(attempts, 20) - 1);
        return (longest < LongestPause ? longest : LongestPause) * (0.5 + (random.NextDouble() / 2));
    }

    private Task MarkAsync(List<OutboxRow> rows, Action<OutboxRow> mark) => store.ChangeAsync(async (db, inner) =>
    {
        var ids = rows.Select(r => r.Id).ToList();
        foreach (var row in await db.Set<OutboxRow>().Where(r => ids.Contains(r.Id)).ToListAsync(inner)) mark(row);
    }, CancellationToken.None);

    private static partial class Log
    {
        [LoggerMessage(3400, LogLevel.Information, "Told {Target}: {Alerts}")]
        public static partial void Sent(ILogger logger, string target, string alerts);

        [LoggerMessage(3401, LogLevel.Warning, "A notification to {Target} was not taken. {Next} {Reason}")]
        public static partial void NotSent(ILogger logger, string target, string next, string reason);

        [LoggerMessage(3402, LogLevel.Warning, "Notifications wait: {Reason}")]
        public static partial void NotRead(ILogger logger, string reason);
    }
}
