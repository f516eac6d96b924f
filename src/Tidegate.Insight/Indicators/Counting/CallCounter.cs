using System.Collections.Concurrent;
using Tidegate.Core.Calls;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources;

namespace Tidegate.Insight.Indicators.Counting;

/// <summary>Counts the gateway's calls for indicators. What it counts by is swapped; what it has counted stays.</summary>
internal sealed class CallCounter : ICallCounter
{
    private readonly ConcurrentDictionary<string, CounterCell> _cells = new(StringComparer.Ordinal);
    private volatile CounterTable _table;

    public CallCounter() => _table = new CounterTable([], ConfigDocument.Empty, _cells);

    /// <summary>Cells with what they count for; those of indicators that are gone count no more, and are drained once more.</summary>
    public IEnumerable<CounterCell> Cells => _cells.Values;

    /// <inheritdoc/>
    public void Count(CallRecord record) => _table.Count(record);

    /// <summary>Counts by these indicators from now on.</summary>
    public void Use(IReadOnlyList<CallIndicator> indicators, ConfigDocument document) => _table = new CounterTable(indicators, document, _cells);

    /// <summary>Forgets a cell that was drained and that nothing counts into any more.</summary>
    public void Forget(CounterCell cell)
    {
        if (_table.Indicators.Any(i => i.SeriesName == cell.Indicator.SeriesName)) return;
        _cells.TryRemove(cell.Series, out _);
    }
}
