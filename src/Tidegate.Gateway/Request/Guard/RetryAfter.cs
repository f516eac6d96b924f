using System.Globalization;
using System.Net.Http.Headers;

namespace Tidegate.Gateway.Request.Guard;

/// <summary>Reads when a destination wants to be asked again: <c>Retry-After</c> in seconds or as a date (RFC 9110 §10.2.3), or <c>retry-after-ms</c>.</summary>
internal static class RetryAfter
{
    private const string Milliseconds = "retry-after-ms", Seconds = "Retry-After";

    /// <summary>The wait asked for, from now, at most <see cref="RetryFloor.Longest"/>; null when nothing legible was asked for.</summary>
    public static TimeSpan? Read(HttpResponseHeaders headers, TimeProvider time)
    {
        // The finer one wins when both are there, as in the SDKs that know it.
        if (headers.NonValidated.TryGetValues(Milliseconds, out var fine) && ParseNumber(fine.ToString()) is { } milliseconds) return Clamp(milliseconds / 1000);
        return headers.NonValidated.TryGetValues(Seconds, out var coarse) ? Parse(coarse.ToString(), time.GetUtcNow()) : null;
    }

    /// <summary>The wait that a value of <c>Retry-After</c> asks for.</summary>
    public static TimeSpan? Parse(string value, DateTimeOffset now)
    {
        if (ParseNumber(value) is { } seconds) return Clamp(seconds);
        return DateTimeOffset.TryParseExact(
            value, ["r", "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy"], CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out var date)
            ? Clamp((date - now).TotalSeconds) : null;
    }

    private static double? ParseNumber(string value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number)
        && number >= 0 ? number : null; // "NaN" is a number to the parser

    /// <summary>A wait asked for elsewhere than in a header, within the same limits.</summary>
    public static TimeSpan Clamp(TimeSpan wait) => Clamp(wait.TotalSeconds);

    private static TimeSpan Clamp(double seconds) => TimeSpan.FromSeconds(Math.Clamp(seconds, 0, RetryFloor.Longest.TotalSeconds));
}
