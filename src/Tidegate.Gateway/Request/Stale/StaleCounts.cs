namespace Tidegate.Gateway.Request.Stale;

/// <summary>What became of the answers of a route. Outlives its stores. Thread-safe.</summary>
internal sealed class StaleCounts
{
    private readonly long[] _dropped = new long[Enum.GetValues<StaleDrop>().Length];
    private long _onError, _always, _stored;

    /// <summary>Calls given a kept answer because there was no other.</summary>
    public long OnError => Interlocked.Read(ref _onError);

    /// <summary>Calls given a kept answer by rule.</summary>
    public long Always => Interlocked.Read(ref _always);

    /// <summary>Answers kept.</summary>
    public long Stored => Interlocked.Read(ref _stored);

    /// <summary>Answers not kept, or kept no more.</summary>
    public long Dropped(StaleDrop reason) => Interlocked.Read(ref _dropped[(int)reason]);

    /// <summary>Counts a call that was given a kept answer.</summary>
    public void Serve(bool onError) => Interlocked.Increment(ref onError ? ref _onError : ref _always);

    /// <summary>Counts an answer that was kept.</summary>
    public void Store() => Interlocked.Increment(ref _stored);

    /// <summary>Counts an answer that was not, or is no more.</summary>
    public void Drop(StaleDrop reason) => Interlocked.Increment(ref _dropped[(int)reason]);
}
