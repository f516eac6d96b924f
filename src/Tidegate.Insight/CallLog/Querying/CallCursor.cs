using System.Globalization;

namespace Tidegate.Insight.CallLog.Querying;

/// <summary>Where a page ended: the start and the id of its last call. Calls that arrive meanwhile do not move it.</summary>
internal readonly record struct CallCursor(DateTime StartedAt, Guid Id)
{
    public static CallCursor? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        return dash > 0
            && long.TryParse(text.AsSpan(0, dash), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var us)
            && us is >= 0 and < 253_402_300_800_000_000
            && Guid.TryParseExact(text.AsSpan(dash + 1), "N", out var id)
            ? new(DateTime.UnixEpoch.AddMicroseconds(us), id)
            : throw new CallQueryException("cursor", "The cursor is not one of ours.", "Take it as it is from 'next' of the page before.");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(StartedAt - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond:x}-{Id:N}");
}
