using System.CommandLine;
using System.CommandLine.Parsing;

namespace Tidegate.Cli;

/// <summary>What the parser finds wrong, in words of the command line: it knows of types and symbols, people of options and arguments.</summary>
internal static class ParseMistakes
{
    /// <summary>A sentence for each mistake.</summary>
    public static IEnumerable<string> Of(ParseResult parsed) => parsed.Errors.SelectMany(error => Sentences(parsed, error)).Distinct(StringComparer.Ordinal);

    /// <summary>The option typed is not one.</summary>
    public static string NoOption(string typed) => $"There is no option '{typed}'.";

    private static List<string> Sentences(ParseResult parsed, ParseError error)
    {
        if (parsed.UnmatchedTokens.FirstOrDefault(typed => typed.StartsWith('-') && error.Message.Contains($"'{typed}'", StringComparison.Ordinal)) is { } option) return [NoOption(option)];
        if (error.Message.Contains("'System.Int", StringComparison.Ordinal) && error.SymbolResult is { Tokens: [.., var value] } symbol) return [$"{NameOf(symbol)}: '{value.Value}' is not a number."];
        if (error.Message.Contains("Must be one of", StringComparison.Ordinal) && error.SymbolResult is { Tokens: [.., var word] } choice) return [$"{NameOf(choice)}: '{word.Value}' is not one of {Choices(error.Message)}."];
        var missing = parsed.CommandResult.Command.Arguments.Where(argument => IsMissing(parsed, argument)).Select(argument => $"{HelpText.Named(argument)} is missing: {argument.Description}.").ToList();
        return missing.Count > 0 && error.Message.StartsWith("Required argument missing for command", StringComparison.Ordinal) ? missing : [error.Message];
    }

    // The parser's sentence has each of them on a line, in quotes.
    private static string Choices(string message) => string.Join(", ", message.ReplaceLineEndings("\n").Split('\n').Skip(1).Select(line => line.Trim().Trim('\'')));

    private static bool IsMissing(ParseResult parsed, Argument argument) =>
        argument.Arity.MinimumNumberOfValues > 0 && !argument.HasDefaultValue && (parsed.GetResult(argument)?.Tokens.Count ?? 0) < argument.Arity.MinimumNumberOfValues;

    private static string NameOf(SymbolResult symbol) => symbol switch
    {
        OptionResult option => option.Option.Name,
        ArgumentResult { Parent: OptionResult option } => option.Option.Name,
        ArgumentResult argument => HelpText.Named(argument.Argument),
        _ => "",
    };
}
