using System.CommandLine;
using System.CommandLine.Help;

namespace Tidegate.Cli;

/// <summary>The text of <c>--help</c>: verbs by group, options with their defaults, examples. Plain text of at most 100 columns, the same everywhere.</summary>
internal sealed class HelpText(IReadOnlyList<VerbGroup> groups)
{
    private const int Width = 100;
    private const int Gap = 2;

    /// <summary>Help for a command of the tree; <paramref name="name"/> is how it is called, for example <c>tidegate keys create</c>.</summary>
    public string For(Command command, string name)
    {
        var text = new StringWriter { NewLine = "\n" };
        text.WriteLine(command.Description);
        text.WriteLine();
        text.WriteLine($"Usage: {name}{Usage(command)}");
        if (command is RootCommand)
        {
            foreach (var group in groups) Section(text, group.Title, group.Verbs.Where(verb => !verb.Hidden).Select(verb => (verb.Name, verb.Description ?? "")));
        }
        else
        {
            Section(text, "Verbs", command.Subcommands.Where(verb => !verb.Hidden).Select(verb => (verb.Name, verb.Description ?? "")));
        }

        Section(text, "Arguments", command.Arguments.Where(argument => !argument.Hidden).Select(argument => (Named(argument), argument.Description ?? "")));
        Section(text, "Options", command.Options.Where(option => !option.Hidden).Select(option => (Named(option), option.Description + Default(option))));
        if (command is Verb { Examples: { Count: > 0 } examples })
        {
            text.WriteLine();
            text.WriteLine("Examples:");
            foreach (var example in examples) text.WriteLine("  tidegate " + example);
        }

        if (command is RootCommand)
        {
            Section(text, "Exit codes", ExitCode.All.Select(exit => (exit.Code.ToString(), exit.Meaning)));
            text.WriteLine();
            text.WriteLine("'tidegate VERB --help' says more about a verb.");
        }

        return text.ToString();
    }

    private static string Usage(Command command)
    {
        var arguments = command.Arguments.Where(argument => !argument.Hidden).Select(argument => " " + Named(argument));
        return (command.Subcommands.Count > 0 ? " VERB" : "") + string.Concat(arguments) + (command.Options.Count > 0 ? " [options]" : "");
    }

    /// <summary>How an argument is called: <c>REVISION</c>, <c>[FILE...]</c>.</summary>
    public static string Named(Argument argument)
    {
        var name = (argument.HelpName ?? argument.Name).ToUpperInvariant();
        if (argument.Arity.MaximumNumberOfValues > 1) name += "...";
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : name;
    }

    private static string Named(Option option)
    {
        // -o before --output; other spellings of help (-?, /h) are noise.
        var alias = option is HelpOption ? "-h" : option.Aliases.FirstOrDefault(other => other.Length == 2 && other[0] == '-');
        var names = alias is null ? option.Name : $"{alias}, {option.Name}";
        var isSwitch = option.ValueType == typeof(bool) || option.Arity.MinimumNumberOfValues == 0;
        return isSwitch ? names : $"{names} <{option.HelpName ?? option.Name.TrimStart('-')}>";
    }

    private static string Default(Option option)
    {
        if (option.Required) return " (required)";
        if (!option.HasDefaultValue || option.ValueType == typeof(bool)) return "";
        var value = option.GetDefaultValue();
        return value is null or "" ? "" : $" [default: {(value is Enum word ? word.ToString().ToLowerInvariant() : value)}]";
    }

    private static void Section(StringWriter text, string title, IEnumerable<(string Left, string Right)> rows)
    {
        var lines = rows.ToList();
        if (lines.Count == 0) return;
        var left = lines.Max(row => row.Left.Length);
        text.WriteLine();
        text.WriteLine(title + ":");
        foreach (var row in lines)
        {
            var first = true;
            foreach (var line in Wrap(row.Right, Width - left - (2 * Gap)))
            {
                text.WriteLine($"  {(first ? row.Left : "").PadRight(left + Gap)}{line}".TrimEnd());
                first = false;
            }
        }
    }

    // A short remark in brackets stays on one line: [env: TIDEGATE_DATA].
    private static IEnumerable<string> Words(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var end = text[at] == '[' && text.IndexOf(']', at) is > 0 and var close && close - at < 40 ? close + 1 : at;
            var space = text.IndexOf(' ', end);
            if (space < 0) space = text.Length;
            yield return text[at..space];
            at = space + 1;
        }
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        var line = "";
        foreach (var word in Words(text))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = word;
            }
            else
            {
                line = line.Length == 0 ? word : line + " " + word;
            }
        }

        yield return line;
    }
}
