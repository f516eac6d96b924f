using Tidegate.Core.Windows;

namespace Tidegate.Insight.Indicators.Series;

/// <summary>
/// Durations of a minute: a histogram while it is added to, and its few bytes once nothing more is expected. An open minute of ten thousand series has a histogram each, and fifteen minutes are open. Not thread-safe.
/// </summary>
internal sealed class MinuteDurations
{
    private LatencyHistogram? _open = new();
    private byte[]? _packed;

    /// <summary>Adds durations, late ones too.</summary>
    public void Add(LatencyHistogram durations)
    {
        _open ??= LatencyHistogram.FromBytes(_packed);
        _packed = null;
        _open.Add(durations);
    }

    /// <summary>All of them, for somebody else.</summary>
    public LatencyHistogram Copy() => _open?.Copy() ?? LatencyHistogram.FromBytes(_packed);

    /// <summary>Nothing more is expected.</summary>
    public void Pack()
    {
        if (_open is null) return;
        (_packed, _open) = (_open.ToBytes(), null);
    }
}
