using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Tidegate.Platform.Security.Sessions;
using Tidegate.Platform.Security.Tokens;
using Tidegate.Platform.Storage;

namespace Tidegate.Platform.Security.Access;

/// <summary>Remembers when credentials were last used and writes it now and then: a read request must not become a write. Lost on a crash: at most one interval.</summary>
internal sealed class LastUsed(StateStore store, TimeProvider time) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private ConcurrentDictionary<string, DateTimeOffset> _used = new(StringComparer.Ordinal);

    public void Note(string credential) => _used[credential] = time.GetUtcNow();

    public async Task FlushAsync(CancellationToken cancel)
    {
        if (_used.IsEmpty) return;
        var used = Interlocked.Exchange(ref _used, new(StringComparer.Ordinal));
        try
        {
            await store.ChangeAsync(async (db, inner) =>
            {
                foreach (var (id, at) in used)
                {
                    if (id.StartsWith("s_", StringComparison.Ordinal))
                        await db.Set<Session>().Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.LastUsedAt, at), inner);
                    else
                        await db.Set<ApiToken>().Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.LastUsedAt, at), inner);
                }
            }, cancel);
        }
        catch (StateUnavailableException)
        {
            // Kept for the next round; newer notes win.
            foreach (var (id, at) in used) _used.TryAdd(id, at);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FlushAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(Interval, time, stoppingToken);
            await FlushAsync(stoppingToken);
        }
    }
}
