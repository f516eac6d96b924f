namespace Tidegate.Insight.Indicators;

/// <summary>Judges what came in, once per tick.</summary>
public interface ISeriesListener
{
    /// <summary>Told every tick, also when nothing came.</summary>
    /// <param name="deltas">What came since the last tick, in no order.</param>
    /// <param name="now">The tick's time.</param>
    /// <param name="stored">False while counts cannot be written: they are kept in memory meanwhile.</param>
    /// <param name="cancel">Cancelled when the node stops.</param>
    Task TickAsync(IReadOnlyList<SeriesDelta> deltas, DateTimeOffset now, bool stored, CancellationToken cancel);
}
