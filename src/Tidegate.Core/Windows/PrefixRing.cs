namespace Tidegate.Core.Windows;

/// <summary>
/// The newest buckets of a series as running sums, so that any window of them is one subtraction. Buckets may be added to in any order while they are in the
/// ring; what is older is refused. Not thread-safe.
/// </summary>
internal sealed class PrefixRing
{
    private readonly long _width;

    // Sum of everything up to and including the bucket that has this place, since the ring began. One place more than windows need: the one before the oldest.
    private Tally[] _sums;
    private long _head = long.MinValue;

    /// <summary>Makes a ring.</summary>
    /// <param name="width">Length of a bucket.</param>
    /// <param name="span">Longest window asked for.</param>
    public PrefixRing(TimeSpan width, TimeSpan span)
    {
        _width = width.Ticks;
        Width = width;
        Span = span;
        _sums = [];
    }

    /// <summary>Length of a bucket.</summary>
    public TimeSpan Width { get; }

    /// <summary>Longest window it answers for.</summary>
    public TimeSpan Span { get; }

    private int Places => (int)((Span.Ticks + _width - 1) / _width) + 2;

    /// <summary>Adds to the bucket of a moment; false when that is older than the ring.</summary>
    public bool Add(DateTimeOffset at, Tally what)
    {
        var bucket = BucketOf(at);
        if (_head == long.MinValue) Begin(bucket);
        if (bucket > _head) Advance(bucket);
        // The oldest place is kept as the sum before the oldest bucket.
        if (bucket <= _head - _sums.Length + 1) return false;
        for (var i = bucket; i <= _head; i++) _sums[Place(i)] += what;
        return true;
    }

    /// <summary>Sum of the window that ends with the bucket of a moment. Its oldest bucket is the one that holds a moment just after <c>now - length</c>.</summary>
    public Tally Sum(DateTimeOffset now, TimeSpan length)
    {
        if (_head == long.MinValue) return Tally.None;
        var last = BucketOf(now);
        var before = last - ((length.Ticks + _width - 1) / _width);
        return Upto(last) - Upto(before);
    }

    private Tally Upto(long bucket)
    {
        if (bucket >= _head) return _sums[Place(_head)];
        var oldest = _head - _sums.Length + 1;
        return _sums[Place(Math.Max(bucket, oldest))];
    }

    private void Begin(long bucket)
    {
        _sums = new Tally[Places];
        _head = bucket;
    }

    private void Advance(long bucket)
    {
        var sum = _sums[Place(_head)];
        if (bucket - _head >= _sums.Length) Array.Fill(_sums, sum);
        else
        {
            for (var i = _head + 1; i <= bucket; i++) _sums[Place(i)] = sum;
        }

        _head = bucket;
    }

    private long BucketOf(DateTimeOffset at) => Math.DivRem(at.UtcTicks, _width).Quotient;

    private int Place(long bucket) => (int)(bucket % _sums.Length);
}
