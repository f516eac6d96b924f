using System.Globalization;
using Tidegate.Core.Windows;
using Tidegate.Insight.Reports.Making;
using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.Reports.Endpoints;

/// <summary>The month of a question.</summary>
internal static class ReportMonth
{
    private static readonly TimeSpan LongestMonth = TimeSpan.FromDays(32);

    /// <summary>Reads it.</summary>
    /// <param name="kind">Kind of the report.</param>
    /// <param name="service">The service; null: all.</param>
    /// <param name="month">As <c>2026-03</c>; null: the one that runs.</param>
    /// <param name="zone">IANA zone; null: UTC.</param>
    /// <param name="now">Now.</param>
    /// <exception cref="ProblemException">It is not legal.</exception>
    public static ReportQuestion Read(ReportKind kind, string? service, string? month, string? zone, DateTimeOffset now)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone ?? "UTC", out var where)) throw Wrong("zone", $"The time zone '{zone}' is not known.", "Use an IANA name such as Europe/Berlin.");
        var local = TimeZoneInfo.ConvertTime(now, where);
        var first = new DateTime(local.Year, local.Month, 1);
        if (month is not null && !DateTime.TryParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out first)) throw Wrong("month", $"'{month}' is not a month.", "Expected is a month such as 2026-03.");
        // Asked before anything is computed with it: there is no moment before the first year, nor after the last.
        if (first > local.DateTime) throw NotBegun(first);
        if (local.DateTime - first > SeriesRetention.Longest + LongestMonth) throw NotKept(first);
        // Any moment of the month will do, and its middle is in it in every zone.
        var (from, end) = new CalendarPeriods(first, 1, CalendarUnit.Month, where).At(new DateTimeOffset(first.AddDays(14), TimeSpan.Zero));
        var until = end < now ? end : new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        if (until <= from) throw NotBegun(first);
        if (now - end > SeriesRetention.Longest) throw NotKept(first);
        return new ReportQuestion(kind, service, DateOnly.FromDateTime(first), where, from, until, end <= now);
    }

    private static ProblemException NotBegun(DateTime first) => Wrong("month", string.Create(CultureInfo.InvariantCulture, $"The month {first:yyyy-MM} has not begun."), "Ask for one that has.");

    private static ProblemException NotKept(DateTime first) => Wrong("month", string.Create(CultureInfo.InvariantCulture, $"Nothing is kept of {first:yyyy-MM} any more."), "Counts are kept for two years.");

    private static ProblemException Wrong(string path, string detail, string action) => new(Problems.BadRequest(path, detail, action).Problem);
}
