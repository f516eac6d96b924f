namespace Tidegate.Gateway.Request.Admit.Limits;

/// <summary>
/// A bucket that is full at first and refilled evenly. Exact: the level is kept in parts of a call so small that every unit of time adds a whole number of
/// them, so nothing is ever rounded away or given twice.
/// </summary>
internal sealed class TokenBucket(in PartitionKey key, TokenBucketShape shape) : RateCount(key)
{
    private long _level = shape.Capacity;
    private long _refilledAt = long.MinValue;

    /// <inheritdoc/>
    protected override Decision Take(long now)
    {
        Refill(now);
        var admitted = _level >= shape.Cost;
        if (admitted) _level -= shape.Cost;
        return new Decision(admitted, _level / shape.Cost, shape.TimeFor(shape.Capacity - _level), admitted ? 0 : shape.TimeFor(shape.Cost - _level));
    }

    /// <inheritdoc/>
    protected override void Return(long takenAt) => _level = Math.Min(shape.Capacity, _level + shape.Cost);

    /// <inheritdoc/>
    protected override bool IsLikeNew(long now)
    {
        Refill(now);
        return _level == shape.Capacity;
    }

    private void Refill(long now)
    {
        var quantum = now / shape.Quantum;
        if (_refilledAt == long.MinValue) _refilledAt = quantum;
        var elapsed = quantum - _refilledAt;
        if (elapsed <= 0) return; // two threads out of order, or a clock that stepped back
        var missing = shape.Capacity - _level;
        _level = elapsed > missing / shape.Refill ? shape.Capacity : _level + elapsed * shape.Refill;
        _refilledAt = quantum;
    }
}
