using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Tidegate.Gateway.Request.Forward;

/// <summary>How old an answer is, by its own headers.</summary>
internal static class AnswerAge
{
    /// <summary>
    /// Seconds: its <c>Age</c>, of more than one the first (RFC 9111, section 5.1); else from <c>Last-Modified</c> to <c>Date</c>, so that a clock of the upstream that is wrong does not matter.
    /// -1 when it says neither, or nothing that could be read.
    /// </summary>
    /// <param name="headers">Its headers.</param>
    /// <param name="now">What stands for a <c>Date</c> that is missing.</param>
    public static int Of(IHeaderDictionary headers, DateTimeOffset now)
    {
        if (headers.Age.Count > 0) return OfAge(headers.Age);
        if (Moment(headers.LastModified) is not { } modified) return -1;
        var age = ((Moment(headers.Date) ?? now) - modified).TotalSeconds;
        return (int)Math.Clamp(age, 0, int.MaxValue);
    }

    private static int OfAge(StringValues values)
    {
        var text = values[0].AsSpan();
        var comma = text.IndexOf(',');
        if (comma >= 0) text = text[..comma];
        return long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? (int)Math.Min(seconds, int.MaxValue) : -1;
    }

    private static DateTimeOffset? Moment(StringValues values) => values is [{ } text] && HeaderUtilities.TryParseDate(text, out var moment) ? moment : null;
}
