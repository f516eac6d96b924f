using System.CommandLine;
using System.Globalization;

namespace Tidegate.Cli;

/// <summary>Options that name a moment or a day, as ISO 8601 writes them and in no other way: 10.12. is in October somewhere. Moments without a zone are in UTC.</summary>
internal static class TimeOptions
{
    private static readonly string[] Moments = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd"];

    /// <summary>An option for a moment.</summary>
    public static Option<DateTimeOffset?> Moment(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "time",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (DateTimeOffset.TryParseExact(text, Moments, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)) return moment;
            result.AddError($"{name}: '{text}' is not a time such as 2026-03-02T09:00Z.");
            return null;
        },
    };

    /// <summary>An option for a day.</summary>
    public static Option<DateOnly?> Day(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "date",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
            result.AddError($"{name}: '{text}' is not a date such as 2026-12-10.");
            return null;
        },
    };
}
