using Cronos;

namespace Tidegate.Core.Resources.Objectives;

/// <summary>When periods are. For documents that passed the rules.</summary>
public static class Periods
{
    /// <summary>True when one of the periods covers the instant.</summary>
    public static bool Cover(IReadOnlyList<PeriodConfig> periods, DateTimeOffset at) => periods.Any(p => Between(p, at, at.AddTicks(1)).Any());

    /// <summary>
    /// The times of a period that touch a range, whole, in their order. A beginning that a change of clocks skips moves to the next valid instant; one that
    /// comes twice is the first.
    /// </summary>
    public static IEnumerable<(DateTimeOffset From, DateTimeOffset Until)> Between(PeriodConfig period, DateTimeOffset from, DateTimeOffset until)
    {
        if (period is { From: { } begin, Until: { } end })
        {
            if (begin < until && end > from) yield return (begin, end);
            yield break;
        }

        if (period is not { Cron: { } cron, Duration: { } duration }) yield break;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(period.Zone);
        var at = from - duration;
        var expression = CronExpression.Parse(cron);
        while (expression.GetNextOccurrence(at, zone) is { } next && next < until)
        {
            yield return (next.ToUniversalTime(), next.ToUniversalTime() + duration);
            at = next;
        }
    }
}
