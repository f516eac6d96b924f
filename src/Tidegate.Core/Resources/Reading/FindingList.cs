namespace Tidegate.Core.Resources.Reading;

/// <summary>Findings as they come, bounded: a text with a million errors must not become a million objects.</summary>
internal sealed class FindingList(int capacity)
{
    private readonly List<Finding> _items = [];
    private int _dropped;

    /// <summary>True when the document must be refused.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>True when no more findings are kept.</summary>
    public bool IsFull => _items.Count >= capacity;

    /// <summary>How many more are kept.</summary>
    public int Room => capacity - _items.Count;

    /// <summary>Appends one, or counts it when the list is full.</summary>
    public void Add(Finding finding)
    {
        HasErrors |= finding.Severity == FindingSeverity.Error;
        if (IsFull) _dropped++;
        else _items.Add(Echo.Cut(finding));
    }

    /// <summary>Another list with the same findings.</summary>
    public FindingList Copy()
    {
        var copy = new FindingList(capacity);
        copy.Add(this);
        return copy;
    }

    /// <summary>Appends those of another list, in its order.</summary>
    public void Add(FindingList others)
    {
        foreach (var finding in others._items) Add(finding);
        HasErrors |= others.HasErrors;
        _dropped += others._dropped;
    }

    /// <summary>Counts an error that is not kept.</summary>
    public void CountError()
    {
        HasErrors = true;
        _dropped++;
    }

    /// <summary>All of them in the order of the texts: file, line, column; then those without a place.</summary>
    public IReadOnlyList<Finding> InOrder()
    {
        var ordered = _items
            .OrderBy(f => f.Source is null)
            .ThenBy(f => f.Source?.File, StringComparer.Ordinal)
            .ThenBy(f => f.Source?.Line)
            .ThenBy(f => f.Source?.Column)
            .ToList();
        if (_dropped > 0)
        {
            ordered.Add(new Finding(
                HasErrors ? FindingSeverity.Error : FindingSeverity.Warning, "more_findings", "", "", $"{_dropped} more findings are not shown: correct these first.", null));
        }

        return ordered;
    }
}
