namespace Tidegate.Insight.Indicators.Otlp;

/// <summary>A data point, in the numbers an indicator needs of it.</summary>
/// <param name="Start">When its counting began, in nanoseconds since 1970; 0 when that is not known.</param>
/// <param name="Time">When it was taken, in nanoseconds since 1970.</param>
/// <param name="Counted">How many events it counted, of them good ones where the point can tell; for a value, the value.</param>
/// <param name="Good">Good events; 0 where the point cannot tell.</param>
/// <param name="IsCumulative">True when it counts since <paramref name="Start"/>; false when it counts what came since the point before.</param>
internal readonly record struct OtlpPoint(ulong Start, ulong Time, double Counted, double Good, bool IsCumulative);
