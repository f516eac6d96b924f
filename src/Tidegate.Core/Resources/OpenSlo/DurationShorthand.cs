using System.Globalization;

namespace Tidegate.Core.Resources.OpenSlo;

/// <summary>OpenSLO's durations: a number and one letter: <c>5m</c>, <c>1h</c>, <c>30d</c>, <c>4w</c>, <c>1M</c>, <c>1Q</c>, <c>1Y</c>. The letter's case matters.</summary>
/// <param name="Count">How many, not negative.</param>
/// <param name="Unit"><c>m</c>, <c>h</c>, <c>d</c>, <c>w</c>, <c>M</c> (months), <c>Q</c> (quarters) or <c>Y</c> (years).</param>
public readonly record struct DurationShorthand(int Count, char Unit)
{
    /// <summary>What is legal, for messages and the schema.</summary>
    public const string Expected = "a number with one of the letters m, h, d, w, M, Q, Y, such as 5m, 1h, 30d, 4w or 1M";

    /// <summary>Regular expression of all legal texts.</summary>
    public const string Pattern = "^[0-9]{1,6}[mhdwMQY]$";

    /// <summary>True for months, quarters and years, whose length the calendar decides.</summary>
    public bool IsOfCalendar => Unit is 'M' or 'Q' or 'Y';

    /// <summary>Months in it; 0 when its length does not depend on the calendar.</summary>
    public int Months => Unit switch { 'M' => Count, 'Q' => 3 * Count, 'Y' => 12 * Count, _ => 0 };

    /// <summary>Its length; months count 30 days, quarters 90, years 365, as OpenSLO's own library takes them.</summary>
    public TimeSpan Length => Unit switch
    {
        'm' => TimeSpan.FromMinutes(Count),
        'h' => TimeSpan.FromHours(Count),
        'd' => TimeSpan.FromDays(Count),
        'w' => TimeSpan.FromDays(7.0 * Count),
        'M' => TimeSpan.FromDays(30.0 * Count),
        'Q' => TimeSpan.FromDays(90.0 * Count),
        'Y' => TimeSpan.FromDays(365.0 * Count),
        _ => TimeSpan.Zero,
    };

    /// <summary>The duration, or false when the text is not one.</summary>
    public static bool TryParse(string text, out DurationShorthand value)
    {
        value = default;
        if (text.Length is < 2 or > 7 || !"mhdwMQY".Contains(text[^1], StringComparison.Ordinal)) return false;
        if (!int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return false;
        value = new DurationShorthand(count, text[^1]);
        return true;
    }

    /// <summary>The duration; for texts that are known to be right.</summary>
    public static DurationShorthand Parse(string text) => TryParse(text, out var value) ? value : throw new FormatException($"\"{text}\" is not {Expected}.");

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count}{(Unit == default ? 'm' : Unit)}");
}
