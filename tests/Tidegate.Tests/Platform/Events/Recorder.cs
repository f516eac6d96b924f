using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Tidegate.Platform.Events;
using Tidegate.Platform.Events.Entries;
using Tidegate.Platform.Storage;

namespace Tidegate.Tests.Platform.Events;

/// <summary>Remembers what it was told; fails as often as it is asked to.</summary>
internal sealed class Recorder(string name) : IEventSubscriber
{
    private readonly Channel<string> _told = Channel.CreateUnbounded<string>();

    public int Failures { get; set; }

    public string Name => name;

    public bool Wants(string type) => type.StartsWith("test.", StringComparison.Ordinal);

    public Task HandleAsync(Event happened, CancellationToken cancel)
    {
        if (Failures-- > 0) throw new InvalidOperationException("not now");
        _told.Writer.TryWrite(happened.Id);
        return Task.CompletedTask;
    }

    /// <summary>Waits until it has its place in the order: what happens from then on is told.</summary>
    public async Task BegunAsync(StateStore store, string subscriber)
    {
        while (!await store.ReadAsync((db, cancel) => db.Set<EventCursor>().AnyAsync(c => c.Subscriber == subscriber, cancel), TestContext.Current.CancellationToken)) await Task.Yield();
    }

    public async Task<IReadOnlyList<string>> ToldAsync(int count)
    {
        var told = new List<string>();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (told.Count < count) told.Add(await _told.Reader.ReadAsync(limit.Token));
        return told;
    }
}
