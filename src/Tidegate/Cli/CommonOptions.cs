using System.CommandLine;

namespace Tidegate.Cli;

/// <summary>Options that mean the same at every verb that has them.</summary>
internal static class CommonOptions
{
    /// <summary><c>--output</c>.</summary>
    public static Option<OutputFormat> Output { get; } = CreateOutput();

    /// <summary><c>--address</c>.</summary>
    public static Option<Uri?> Address { get; } = new("--address")
    {
        Description = "Admin address of Tidegate [env: TIDEGATE_ADDRESS] [default: where you logged in last, else http://127.0.0.1:8081]",
        HelpName = "url",
        CustomParser = result =>
        {
            if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https") return uri;
            result.AddError($"--address: '{result.Tokens[0].Value}' is not an http or https address, such as http://127.0.0.1:8081.");
            return null;
        },
    };

    /// <summary><c>--token</c>.</summary>
    public static Option<string?> Token { get; } = new("--token")
    {
        Description = "API token; other users of this machine can see flags, so prefer the variable or 'tidegate login' [env: TIDEGATE_TOKEN]",
        HelpName = "token",
    };

    private static Option<OutputFormat> CreateOutput()
    {
        var option = new Option<OutputFormat>("--output", "-o")
        {
            Description = "table for people; json or yaml for programs",
            HelpName = "table|json|yaml",
            DefaultValueFactory = _ => OutputFormat.Table,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                // Enum.TryParse would take numbers too.
                if (char.IsAsciiLetter(text.FirstOrDefault()) && Enum.TryParse<OutputFormat>(text, ignoreCase: true, out var format)) return format;
                result.AddError($"--output: '{text}' is not one of table, json, yaml.");
                return OutputFormat.Table;
            },
        };
        option.CompletionSources.Clear(); // the names of the enum, capitalised
        option.CompletionSources.Add("table", "json", "yaml");
        return option;
    }
}
