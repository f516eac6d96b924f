namespace Tidegate.Gateway.Models.Caching;

/// <summary>What became of the calls of an alias that keeps answers. Outlives its caches. Thread-safe.</summary>
internal sealed class CacheCounts
{
    private long _hits, _misses, _bypasses, _stored;

    /// <summary>Calls answered from the cache.</summary>
    public long Hits => Interlocked.Read(ref _hits);

    /// <summary>Calls that could have been, and whose answer was not there or not wanted.</summary>
    public long Misses => Interlocked.Read(ref _misses);

    /// <summary>Calls whose answer is not kept: chance has a part in it, or the caller said so.</summary>
    public long Bypasses => Interlocked.Read(ref _bypasses);

    /// <summary>Answers that were kept.</summary>
    public long Stored => Interlocked.Read(ref _stored);

    /// <summary>Counts a call that was answered.</summary>
    public void Hit() => Interlocked.Increment(ref _hits);

    /// <summary>Counts a call that goes to a provider.</summary>
    public void Miss() => Interlocked.Increment(ref _misses);

    /// <summary>Counts a call the cache has nothing to do with.</summary>
    public void Bypass() => Interlocked.Increment(ref _bypasses);

    /// <summary>Counts an answer that was kept.</summary>
    public void Store() => Interlocked.Increment(ref _stored);
}
