using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Platform.Hosting;

namespace Tidegate.Hosting.Settings;

/// <summary>Settings as flags of a verb: reads flags, else environment, and reports every bad setting at once.</summary>
internal sealed class ProcessOptionsReader
{
    private readonly List<(ProcessSetting Setting, Option<string[]> Option)> _options;

    private readonly ProcessOptions _defaults;

    /// <summary>Adds a flag per setting to <paramref name="verb"/>.</summary>
    public ProcessOptionsReader(Command verb, IEnumerable<ProcessSetting> settings, ProcessOptions defaults)
    {
        _defaults = defaults;
        _options = [.. settings.Select(setting => (setting, OptionFor(setting)))];
        foreach (var (_, option) in _options) verb.Options.Add(option);
    }

    /// <summary>The options, or <see cref="VerbFailure"/> with a line per bad setting.</summary>
    /// <param name="context">The command line.</param>
    /// <param name="more">What is wrong with settings that are none of the process, a line each.</param>
    public ProcessOptions Read(VerbContext context, params IReadOnlyList<string> more)
    {
        var options = _defaults;
        var problems = new List<string>();
        foreach (var (setting, option) in _options)
        {
            var (source, texts) = Texts(context, setting, option);
            if (texts.Count == 0) continue;
            if (texts.Count > 1 && !setting.Repeats)
            {
                problems.Add($"{source}: given {texts.Count} times, but it is one value.");
                continue;
            }

            try
            {
                options = setting.Apply(options, texts);
            }
            catch (FormatException wrong)
            {
                problems.Add($"{source}: {wrong.Message}");
            }
        }

        problems.AddRange(more);
        problems.AddRange(ProcessRules.Check(options));
        if (problems.Count == 0) return options;
        throw new VerbFailure(ExitCode.Usage, problems.Count == 1 ? "A setting is wrong." : $"{problems.Count} settings are wrong.")
        {
            Details = problems,
            Action = "'tidegate serve --help' lists all settings.",
        };
    }

    private static (string Source, IReadOnlyList<string> Texts) Texts(VerbContext context, ProcessSetting setting, Option<string[]> option)
    {
        if (context.IsGiven(option)) return (setting.Flag, context.Get(option) is { Length: > 0 } given ? given : ["true"]);
        if (context.Terminal.Variable(setting.Variable) is not { } text) return (setting.Variable, []);
        return (setting.Variable, setting.Repeats ? text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [text]);
    }

    private static Option<string[]> OptionFor(ProcessSetting setting) => new(setting.Flag)
    {
        Description = $"{setting.Description} [env: {setting.Variable}]",
        HelpName = setting.ValueName,
        // A single value may be given twice for the parser, so that all mistakes are reported in one place: here.
        Arity = setting.IsSwitch ? ArgumentArity.ZeroOrMore : ArgumentArity.OneOrMore,
    };
}
