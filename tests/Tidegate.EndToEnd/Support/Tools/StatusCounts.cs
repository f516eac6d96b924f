namespace Tidegate.EndToEnd.Support.Tools;

/// <summary>How often each status was seen, by a client or by the call log. Two are equal when every count is.</summary>
internal sealed class StatusCounts : IEquatable<StatusCounts>
{
    private readonly SortedDictionary<int, long> _counts = [];

    public StatusCounts(params ReadOnlySpan<(int Status, long Count)> counts)
    {
        foreach (var (status, count) in counts) Add(status, count);
    }

    /// <summary>All calls.</summary>
    public long Total => _counts.Values.Sum();

    /// <summary>Statuses seen, in order.</summary>
    public IEnumerable<int> Statuses => _counts.Keys;

    public long this[int status] => _counts.GetValueOrDefault(status);

    public StatusCounts Add(int status, long count = 1)
    {
        if (count != 0) _counts[status] = this[status] + count;
        return this;
    }

    public static StatusCounts operator +(StatusCounts left, StatusCounts right)
    {
        var sum = new StatusCounts();
        foreach (var (status, count) in left._counts.Concat(right._counts)) sum.Add(status, count);
        return sum;
    }

    public bool Equals(StatusCounts? other) => other is not null && _counts.SequenceEqual(other._counts);

    public override bool Equals(object? obj) => Equals(obj as StatusCounts);

    public override int GetHashCode() => _counts.Aggregate(0, (hash, pair) => HashCode.Combine(hash, pair.Key, pair.Value));

    public override string ToString() => _counts.Count == 0 ? "no calls" : string.Join(", ", _counts.Select(pair => $"{pair.Key}: {pair.Value}"));
}
