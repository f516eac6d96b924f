using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Tidegate.Core.Resources.Schema;

/// <summary>Durations as documents, flags and answers write them: <c>500ms</c>, <c>30s</c>, <c>1m30s</c>, <c>7d</c>. Units d, h, m, s, ms, us, largest first, each at most once.</summary>
public static class Duration
{
    private static readonly (string Unit, long Ticks)[] Units =
    [
        ("d", TimeSpan.TicksPerDay), ("h", TimeSpan.TicksPerHour), ("m", TimeSpan.TicksPerMinute),
        ("s", TimeSpan.TicksPerSecond), ("ms", TimeSpan.TicksPerMillisecond), ("us", TimeSpan.TicksPerMicrosecond),
    ];

    /// <summary>What is legal, for messages and the schema.</summary>
    public const string Expected = "a duration with its unit, such as 500ms, 30s, 1m30s or 7d";

    /// <summary>Regular expression of all legal texts (some of them overflow).</summary>
    public const string Pattern = "^(?=[0-9])([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?([0-9]+us)?$";

    /// <summary>The duration, or false when the text is not one or is longer than <see cref="TimeSpan.MaxValue"/>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TimeSpan value)
    {
        value = default;
        if (string.IsNullOrEmpty(text)) return false;
        long ticks = 0;
        int unit = 0, at = 0;
        while (at < text.Length)
        {
            int digits = at;
            while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
            if (at == digits || !long.TryParse(text.AsSpan(digits, at - digits), out var number)) return false;
            int letters = at;
            while (at < text.Length && char.IsAsciiLetterLower(text[at])) at++;
            var word = text.AsSpan(letters, at - letters);
            while (unit < Units.Length && !word.SequenceEqual(Units[unit].Unit)) unit++;
            if (unit == Units.Length) return false;
            try { ticks = checked(ticks + number * Units[unit].Ticks); }
            catch (OverflowException) { return false; }
            unit++;
        }

        value = new TimeSpan(ticks);
        return true;
    }

    /// <summary>The duration; for texts that are known to be right.</summary>
    public static TimeSpan Parse(string text) =>
        TryParse(text, out var value) ? value : throw new FormatException($"\"{text}\" is not {Expected}.");

    /// <summary>The shortest text for a duration that is not negative; parts below a microsecond are dropped.</summary>
    public static string Format(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
        long ticks = value.Ticks;
        var text = new StringBuilder();
        foreach (var (unit, size) in Units)
        {
            if (ticks < size) continue;
            text.Append(ticks / size).Append(unit);
            ticks %= size;
        }

        return text.Length == 0 ? "0s" : text.ToString();
    }
}
