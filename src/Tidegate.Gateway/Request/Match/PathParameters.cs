namespace Tidegate.Gateway.Request.Match;

/// <summary>
/// Values of a path template's parameters, in template order, as ranges of the target: they stay percent-encoded, so that what is put into a
/// rewritten path or a redirect is what the caller sent, and can be nothing else. Used again by every call of a connection.
/// </summary>
internal sealed class PathParameters
{
    private (int Start, int Length)[] _ranges = new (int, int)[8];

    /// <summary>Number of values.</summary>
    public int Count { get; private set; }

    /// <summary>A value, percent-encoded.</summary>
    public ReadOnlySpan<char> Value(in RequestTarget target, int index) => target.Text.AsSpan(_ranges[index].Start, _ranges[index].Length);

    /// <summary>Adds a value.</summary>
    public void Push(int start, int length)
    {
        if (Count == _ranges.Length) Array.Resize(ref _ranges, Count * 2);
        _ranges[Count++] = (start, length);
    }

    /// <summary>Takes the last one back.</summary>
    public void Pop() => Count--;

    /// <summary>Forgets all.</summary>
    public void Clear() => Count = 0;
}
