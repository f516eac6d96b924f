using System.Globalization;

namespace Tidegate.Core.Resources.Budgets;

/// <summary>Amounts of money as documents and answers write them: <c>250.00 USD</c>. Exact to a billionth of the currency.</summary>
public static class MoneyText
{
    /// <summary>What is legal.</summary>
    public const string Pattern = @"^[0-9]{1,9}(\.[0-9]{1,9})? [A-Z]{3}$";

    /// <summary>The same in words.</summary>
    public const string PatternInWords = "an amount and the code of its currency in capitals, such as 250.00 USD";

    /// <summary>Billionths in one unit of a currency.</summary>
    public const long Nanos = 1_000_000_000;

    /// <summary>Amount in billionths and currency; for texts that fit <see cref="Pattern"/>.</summary>
    public static (long Nanos, string Currency) Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        return ((long)(decimal.Parse(text.AsSpan(0, space), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) * Nanos), text[(space + 1)..]);
    }

    /// <summary>An amount of billionths as a number.</summary>
    public static decimal Amount(long nanos) => (decimal)nanos / Nanos;

    /// <summary>A number in billionths; what is smaller is rounded up, so that nothing is counted as less than it is.</summary>
    public static long InNanos(decimal amount) => (long)Math.Ceiling(Math.Min(amount, long.MaxValue / 4 / Nanos) * Nanos);

    /// <summary>As documents write it, with at least two decimals.</summary>
    public static string Format(long nanos, string currency) => $"{Amount(nanos).ToString("0.00#######", CultureInfo.InvariantCulture)} {currency}";
}
