using System.Collections.Concurrent;
using Tidegate.Platform.Hosting;

namespace Tidegate.Platform.Events.Dispatch;

/// <summary>Which subscribers are stuck, and at what.</summary>
internal sealed class DispatchHealth : IModuleHealth
{
    private readonly ConcurrentDictionary<string, string> _problems = new(StringComparer.Ordinal);

    public string Module => EventsModule.Word;

    public IReadOnlyList<string> Problems => [.. _problems.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key} could not act on an event and tries again: {p.Value}")];

    public void Unwell(string subscriber, string reason) => _problems[subscriber] = reason;

    public void Well(string subscriber) => _problems.TryRemove(subscriber, out _);
}
