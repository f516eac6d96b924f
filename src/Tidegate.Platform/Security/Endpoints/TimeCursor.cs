using System.Globalization;
using Tidegate.Platform.Hosting;

namespace Tidegate.Platform.Security.Endpoints;

/// <summary>Place in a list ordered by time, newest first, then id.</summary>
internal sealed record TimeCursor(DateTimeOffset At, string Id)
{
    public static TimeCursor? Parse(string? text)
    {
        if (text is null) return null;
        if (text.Split('~') is [var micros, { Length: > 0 } id] && long.TryParse(micros, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number < long.MaxValue / TimeSpan.TicksPerMicrosecond / 2)
            return new(DateTimeOffset.UnixEpoch.AddTicks(number * TimeSpan.TicksPerMicrosecond), id);
        throw new ProblemException(Problems.BadRequest("cursor", "The cursor is not one this list gave.").Problem);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(At.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond}~{Id}");
}
