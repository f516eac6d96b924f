using System.CommandLine;
using System.Globalization;
using Tidegate.Cli;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Verbs.Delivery;

/// <summary>Options and words that verbs about releases share.</summary>
internal static class DeliveryOptions
{
    // Beyond the calendar no moment is left to name.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    /// <summary><c>--service</c>.</summary>
    public static Option<string> Service() => new("--service") { Description = "The service", HelpName = "name", Required = true };

    /// <summary><c>--change</c>.</summary>
    public static Option<string?> Change() => new("--change") { Description = "Id of the change in another system", HelpName = "id" };

    /// <summary>A duration above 0, at most ten years, or a mistake of the command line.</summary>
    public static TimeSpan? Length(VerbContext context, Option<string?> option)
    {
        if (context.Get(option) is not { } text) return null;
        return Duration.TryParse(text, out var time) && time > TimeSpan.Zero && time <= Longest ? time : throw new VerbFailure(ExitCode.Usage, $"{option.Name}: \"{text}\" is not legal.") { Action = $"Give {Duration.Expected}, above 0 and at most {Duration.Format(Longest)}." };
    }

    /// <summary>A moment, in UTC.</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
