using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Platform.Hosting;

namespace Tidegate.Verbs.Access;

/// <summary>Options of several access verbs.</summary>
internal static class AccessOptions
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    public static Option<TimeSpan?> Duration(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "duration",
        CustomParser = result =>
        {
            if (Core.Resources.Schema.Duration.TryParse(result.Tokens[0].Value, out var value) && value <= Longest) return value;
            result.AddError($"{name}: '{result.Tokens[0].Value}' is not {Core.Resources.Schema.Duration.Expected}, at most {Core.Resources.Schema.Duration.Format(Longest)}.");
            return null;
        },
    };

    public static Option<string[]> Scopes(string description) => new("--scope") { Description = description, HelpName = "scope" };

    public static Option<Role?> Role(string description)
    {
        var option = new Option<Role?>("--role")
        {
            Description = description,
            HelpName = "viewer|operator|admin",
            CustomParser = result => ParseRole(result.Tokens[0].Value, result.AddError),
        };
        option.CompletionSources.Clear();
        option.CompletionSources.Add("viewer", "operator", "admin");
        return option;
    }

    public static Role? ParseRole(string text, Action<string> error)
    {
        if (char.IsAsciiLetter(text.FirstOrDefault()) && Enum.TryParse<Role>(text, ignoreCase: true, out var role)) return role;
        error($"'{text}' is not a role: use viewer, operator or admin.");
        return null;
    }

    /// <summary>A password from the terminal or, for scripts, the first line of standard input; never from a flag, which others on the machine can see.</summary>
    public static string AskPassword(VerbContext context, string prompt) =>
        (context.Terminal.InIsTerminal ? context.Terminal.ReadSecret(prompt) : context.Terminal.In.ReadLine()) is { Length: > 0 } password
            ? password
            : throw new VerbFailure(ExitCode.Usage, "No password given.") { Action = "Type it, or pipe it in." };

    public static string? Shown(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'");
}
