using System.Globalization;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Insight.CallLog.Filter;

/// <summary>How the values of a number field are written, and what they are inside.</summary>
/// <param name="Type">Kind of value, in one word.</param>
/// <param name="Expected">What is legal, with an example.</param>
/// <param name="Read">Text to value; null when it is not one.</param>
/// <param name="ToSql">The value as a parameter.</param>
internal sealed record Notation(string Type, string Expected, Func<string, long?> Read, Func<long, object> ToSql)
{
    /// <summary>A whole number.</summary>
    public static Notation Number { get; } = new("number", "a whole number, such as 500", text =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null, static value => value);

    /// <summary>A duration, in microseconds inside. A bare number is refused: was it meant in ms or in s?</summary>
    public static Notation Time { get; } = new("duration", Duration.Expected, text =>
        Duration.TryParse(text, out var value) ? value.Ticks / TimeSpan.TicksPerMicrosecond : null, static value => value);

    /// <summary>A number of bytes.</summary>
    public static Notation Bytes { get; } = new("bytes", ByteSize.Expected, text => ByteSize.TryParse(text, out var value) ? value : null, static value => value);

    /// <summary>A moment, in microseconds since 1970 inside. Without an offset it is UTC.</summary>
    public static Notation Moment { get; } = new("time", "a time, such as 2026-01-15T10:00:00Z", text =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value)
            ? (value.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond : null,
        static value => DateTime.UnixEpoch.AddMicroseconds(value));

    /// <summary>An amount of money, in billionths inside.</summary>
    public static Notation Money { get; } = new("amount", "an amount, such as 0.05", text =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? Units(value) : null,
        static value => value / 1_000_000_000m);

    /// <summary>A share, in billionths inside.</summary>
    public static Notation Share { get; } = new("share", "a number from 0 to 1, such as 0.8", Money.Read, Money.ToSql);

    /// <summary>An amount in billionths; null where there is none, or none that can be stored.</summary>
    public static long? Units(decimal? amount) => amount is > -1_000_000_000m and < 1_000_000_000m ? (long)(decimal.Round(amount.Value, 9) * 1_000_000_000m) : null;

    public bool TryRead(string text, out long value)
    {
        var read = Read(text);
        value = read ?? 0;
        return read is not null;
    }
}
