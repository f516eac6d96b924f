using System.Globalization;
using System.Text.RegularExpressions;

namespace Tidegate.Platform.Hosting;

/// <summary>Moments in requests: RFC 3339, with Z or an offset. Without one it would be the zone of the machine that says which moment it is.</summary>
public static partial class InstantText
{
    /// <summary>What a moment looks like, for those who wrote another text.</summary>
    public const string Expected = "a time such as \"2026-03-01T09:00:00Z\", with Z or an offset";

    // Go writes nanoseconds; a tick is a hundred of them.
    private const int Digits = 7;

    /// <summary>Reads a moment; false when the text is not one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="moment">The moment, in the offset it has in the text.</param>
    public static bool TryParse(string? text, out DateTimeOffset moment)
    {
        moment = default;
        if (text is null || Moments().Match(text) is not { Success: true } match) return false;
        var fraction = match.Groups["fraction"].ValueSpan;
        return DateTimeOffset.TryParseExact(
            $"{match.Groups["second"].ValueSpan}{fraction[..Math.Min(fraction.Length, Digits + 1)]}{match.Groups["offset"].ValueSpan}", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture, DateTimeStyles.None, out moment);
    }

    [GeneratedRegex(@"^(?<second>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(?<fraction>\.[0-9]{1,30})?(?<offset>Z|[+-][0-9]{2}:[0-9]{2})\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Moments();
}
