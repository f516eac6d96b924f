using System.CommandLine;
using System.Globalization;
using Tidegate.Cli;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Verbs.Delivery;

/// <summary>Options and words that verbs about releases share.</summary>
internal static class DeliveryOptions
{
    /// <summary><c>--service</c>.</summary>
    public static Option<string> Service() => new("--service") { Description = "The service", HelpName = "name", Required = true };

    /// <summary><c>--change</c>.</summary>
    public static Option<string?> Change() => new("--change") { Description = "Id of the change in another system", HelpName = "id" };

    /// <summary>A duration, or a mistake of the command line.</summary>
    public static TimeSpan? Length(VerbContext context, Option<string?> option)
    {
        if (context.Get(option) is not { } text) return null;
        return Duration.TryParse(text, out var time) && time > TimeSpan.Zero ? time : throw new VerbFailure(ExitCode.Usage, $"{option.Name}: \"{text}\" is not legal.") { Action = $"Give {Duration.Expected}." };
    }

    /// <summary>A moment, in UTC.</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
