namespace Tidegate.Platform.Storage;

/// <summary>
/// For background work that looks for changes now and then: tells, without touching a table, that nobody has changed anything since the last look. On PostgreSQL
/// there is no such number, and every look is taken.
/// </summary>
/// <param name="store">The state database.</param>
public sealed class StateWatch(StateStore store)
{
    private long? _seen;

    /// <summary>Does <paramref name="look"/> unless the last one that succeeded has seen all there is. What it throws is thrown, and it is done again next time.</summary>
    public async Task LookAsync(Func<CancellationToken, Task> look, CancellationToken cancel)
    {
        // Asked before: what changes during the look is seen by the next one.
        var version = store.Version();
        if (version is not null && version == _seen) return;
        await look(cancel);
        _seen = version;
    }
}
