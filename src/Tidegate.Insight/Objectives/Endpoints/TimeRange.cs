using System.Globalization;
using Tidegate.Core.Resources.Schema;
using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.Objectives.Endpoints;

/// <summary>A time between two moments, as queries write them: a time, or how long ago.</summary>
internal static class TimeRange
{
    /// <summary>Reads it, cut to whole minutes: nothing finer is recorded, and the minute that runs is not over.</summary>
    /// <exception cref="ProblemException">It is not legal.</exception>
    public static (DateTimeOffset From, DateTimeOffset Until) Read((string Name, string? Text) from, (string Name, string? Text) until, DateTimeOffset now, int mostDays)
    {
        var (begin, end) = (Moment(from.Name, from.Text, now), until.Text is null ? now : Moment(until.Name, until.Text, now));
        (begin, end) = (Floor(begin), Floor(end > now ? now : end));
        if (begin >= end) throw Wrong(from.Name, $"There is no time between '{from.Name}' and '{until.Name}': it would end before it begins.", $"Let '{from.Name}' be the earlier, by a minute or more.");
        if (end - begin > TimeSpan.FromDays(mostDays)) throw Wrong(from.Name, $"That are {(end - begin).TotalDays:0} days.", $"Ask for at most {mostDays} days.");
        return (begin, end);
    }

    private static DateTimeOffset Floor(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);

    private static DateTimeOffset Moment(string name, string? text, DateTimeOffset now)
    {
        if (Duration.TryParse(text, out var back)) return back < now - DateTimeOffset.UnixEpoch ? now - back : DateTimeOffset.UnixEpoch;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at.ToUniversalTime()
            : throw Wrong(name, $"'{text}' is not a time.", "Expected is a time such as 2026-01-15T10:00:00Z, or how long ago, such as 30d.");
    }

    private static ProblemException Wrong(string name, string detail, string action) => new(Problems.BadRequest(name, detail, action).Problem);
}
