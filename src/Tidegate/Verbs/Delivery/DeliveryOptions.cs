using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Core.Resources.Schema;
using Tidegate.Operations.Delivery;

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

    /// <summary><c>--priority</c>.</summary>
    public static Option<ReleasePriority> Priority() => new("--priority")
    {
        Description = "p0 repairs an outage, security closes a hole: neither is held back by a budget",
        HelpName = "p0|security|normal",
        DefaultValueFactory = _ => ReleasePriority.Normal,
        CustomParser = result =>
        {
            var word = result.Tokens[0].Value;
            if (Enum.GetValues<ReleasePriority>().Where(p => p.ToString().Equals(word, StringComparison.OrdinalIgnoreCase)).Cast<ReleasePriority?>().FirstOrDefault() is { } priority) return priority;
            result.AddError($"--priority: '{word}' is not one of p0, security, normal.");
            return ReleasePriority.Normal;
        },
    };

    /// <summary><c>--override</c>.</summary>
    public static Option<string?> Override() => new("--override") { Description = "Release whatever the gate says, for this reason; audited", HelpName = "reason" };

    /// <summary>A duration above 0, at most ten years, or a mistake of the command line.</summary>
    public static TimeSpan? Length(VerbContext context, Option<string?> option)
    {
        if (context.Get(option) is not { } text) return null;
        return Duration.TryParse(text, out var time) && time > TimeSpan.Zero && time <= Longest ? time : throw new VerbFailure(ExitCode.Usage, $"{option.Name}: \"{text}\" is not legal.") { Action = $"Give {Duration.Expected}, above 0 and at most {Duration.Format(Longest)}." };
    }
}
