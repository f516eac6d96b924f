namespace Tidegate.Core.Windows;

/// <summary>
/// The newest buckets of a series as running sums, so that any window of them is one subtraction. Buckets may be added to in any order while they are in the
/// ring; what is older is refused. Not thread-safe.
/// </summary>
internal sealed class PrefixRing
{
    private readonly long _width;

    // Sum of everything up to and including the bucket that has this place. One place more than windows need: the one before the oldest. Null before the first event.
    private RunningSums? _sums;
    private long _head = long.MinValue;

    /// <summary>Makes a ring.</summary>
    /// <param name="width">Length of a bucket.</param>
    /// <param name="span">Longest window asked for.</param>
    public PrefixRing(TimeSpan width, TimeSpan span)
    {
        _width = width.Ticks;
        Width = width;
        Span = span;
        Places = (int)((span.Ticks + _width - 1) / _width) + 2;
    }

    /// <summary>Length of a bucket.</summary>
    public TimeSpan Width { get; }

    /// <summary>Longest window it answers for.</summary>
    public TimeSpan Span { get; }

    private int Places { get; }

    /// <summary>Adds to the bucket of a moment; false when that is older than the ring.</summary>
    public bool Add(DateTimeOffset at, Tally what)
    {
        var bucket = BucketOf(at);
        if (_sums is null) (_sums, _head) = (new RunningSums(Places), bucket);
        if (bucket > _head) Advance(_sums, bucket);
        // The oldest place is kept as the sum before the oldest bucket.
        if (bucket <= _head - Places + 1) return false;
        _sums.Expect(what);
        for (var i = bucket; i <= _head; i++) _sums.Add(Place(i), what);
        return true;
    }

    /// <summary>Sum of the window that ends with the bucket of a moment. Its oldest bucket is the one that holds a moment just after <c>now - length</c>.</summary>
    public Tally Sum(DateTimeOffset now, TimeSpan length)
    {
        if (_sums is null) return Tally.None;
        var last = BucketOf(now);
        var before = last - ((length.Ticks + _width - 1) / _width);
        return _sums.Between(Nearest(before), Nearest(last));
    }

    // What is older than the ring is what it was when the ring's oldest bucket began; what is newer, what it is now.
    private int Nearest(long bucket) => Place(Math.Clamp(bucket, _head - Places + 1, _head));

    private void Advance(RunningSums sums, long bucket)
    {
        var place = Place(_head);
        for (var i = Math.Max(_head + 1, bucket - Places + 1); i <= bucket; i++) sums.Copy(place, Place(i));
        sums.Moved(bucket - _head);
        _head = bucket;
    }

    private long BucketOf(DateTimeOffset at) => Math.DivRem(at.UtcTicks, _width).Quotient;

    private int Place(long bucket) => (int)(bucket % Places);
}
