using System.Globalization;

namespace Tidegate.Verbs.Models;

/// <summary>Numbers of the catalogue, for people. What is not known is said, and is not 0.</summary>
internal static class PriceText
{
    public static string Tokens(int? tokens) => tokens is { } known ? known.ToString("N0", CultureInfo.InvariantCulture) : "?";

    public static string Amount(decimal? amount) => amount is { } known ? known.ToString("0.#########", CultureInfo.InvariantCulture) : "?";

    /// <summary>A line of <c>show</c>; null, so left out, where nothing is known.</summary>
    public static string? Line(decimal? amount, string currency, string per) => amount is { } known ? $"{Amount(known)} {currency} {per}" : null;
}
