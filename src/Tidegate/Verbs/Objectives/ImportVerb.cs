using System.CommandLine;
using Spectre.Console;
using Tidegate.Cli;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.OpenSlo.Importing;
using Tidegate.Core.Resources.Reading;
using Tidegate.Core.Resources.Writing;
using Tidegate.Platform.ConfigStore;

namespace Tidegate.Verbs.Objectives;

/// <summary><c>tidegate import FORMAT</c>: prints v1 documents without a running Tidegate, or applies them.</summary>
internal sealed class ImportVerb : AdminVerb
{
    private readonly string _format;
    private readonly string _example;
    private readonly Argument<string[]> _files = new("file") { Description = "Files to convert; - reads standard input", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _dataSource = new("--data-source") { Description = "DataSource that the queries are for", HelpName = "name" };
    private readonly Option<bool> _apply = new("--apply") { Description = "Apply the documents beside what is in force, instead of printing them" };
    private readonly Option<string?> _message = new("--message", "-m") { Description = "Why, for the history, with --apply", HelpName = "text" };

    public ImportVerb(string format, string description, string example)
        : base(format, description)
    {
        (_format, _example) = (format, example);
        Arguments.Add(_files);
        Options.Add(_dataSource);
        Options.Add(_apply);
        Options.Add(_message);
    }

    public override IReadOnlyList<string> Examples => [_example];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var import = Importer.Read(_format, context.Get(_files)!.Select(file => Text(file, context)), context.Get(_dataSource));
        if (import.Findings.Any(f => f.Severity == FindingSeverity.Error)) throw ConfigScreens.Invalid(import.Findings);
        ConfigScreens.Findings(context, import.Findings);
        var yaml = YamlWriter.Shown(import.Resources);
        if (!context.Get(_apply))
        {
            context.Terminal.Out.Write(yaml);
            return ExitCode.Ok;
        }

        var body = new CandidateArguments.CandidateBody([new("import.yaml", yaml)], Partial: true, AllowEmpty: false, Parent: null, context.Get(_message) ?? $"Imported from {_format}");
        var applied = await context.Admin.SendAsync<CandidateArguments.CandidateBody, Applied>(HttpMethod.Post, "config/apply", body, context.Cancel);
        context.Show(applied, (screen, a) =>
        {
            ConfigScreens.Findings(context, a.Findings);
            screen.WriteLine(a.Changed ? $"Revision {a.Revision.Number}: {a.Revision.Summary}." : $"Nothing to do: revision {a.Revision.Number} says the same.");
        });
        return ConfigScreens.EndOf(context, applied);
    }

    private static SourceText Text(string file, VerbContext context)
    {
        if (file == "-") return new SourceText("standard input", context.Terminal.In.ReadToEnd());
        try
        {
            return new SourceText(file, File.ReadAllText(file));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new VerbFailure(ExitCode.Usage, $"Cannot read {file}: {unreadable.Message}");
        }
    }
}
