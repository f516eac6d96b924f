namespace Tidegate.Gateway.Request;

/// <summary>Spans in the unit of <see cref="TimeProvider.GetTimestamp"/>: what the hot path compares is a number, never a date.</summary>
internal static class Ticks
{
    /// <summary>Later than every timestamp.</summary>
    public const long Never = long.MaxValue;

    /// <summary>A span as a number of timestamp units.</summary>
    public static long Of(TimeProvider time, TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);

    /// <summary>A number of timestamp units as a span, never below zero.</summary>
    public static TimeSpan Span(TimeProvider time, long ticks) =>
        ticks <= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds((double)ticks / time.TimestampFrequency);

    /// <summary>A number of timestamp units in microseconds.</summary>
    public static long Microseconds(TimeProvider time, long ticks) => (long)((double)ticks * 1_000_000 / time.TimestampFrequency);

    /// <summary>The later timestamp, or <see cref="Never"/> when the sum would be beyond it.</summary>
    public static long After(long timestamp, long ticks) => ticks > Never - timestamp ? Never : timestamp + ticks;
}
