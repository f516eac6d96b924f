using System.Globalization;

namespace Tidegate.Insight.Indicators;

/// <summary>What sources may say of one minute: more than anybody counts, and few enough that sums of years stay numbers.</summary>
internal static class EventCounts
{
    /// <summary>Most events that are told at once.</summary>
    public const long Most = 1_000_000_000_000;

    /// <summary>Throws when there are more, below zero or above.</summary>
    /// <param name="what">What is counted: <c>total</c>.</param>
    /// <param name="events">How many.</param>
    /// <exception cref="FormatException">There are more.</exception>
    public static void Assert(string what, double events)
    {
        if (!(Math.Abs(events) <= Most)) throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{what} is {events}, and no more than {Most} are counted at once"));
    }
}
