using Tidegate.Cli;
using Tidegate.Core.Resources.Reading;

namespace Tidegate.Verbs;

/// <summary><c>tidegate validate</c>: all findings, without a running Tidegate.</summary>
internal sealed class ValidateVerb : Verb
{
    private readonly CandidateArguments _candidate;

    public ValidateVerb()
        : base("validate", "Check configuration files offline and list everything that is wrong with them.")
    {
        _candidate = new CandidateArguments(this, offline: true);
        Options.Add(CommonOptions.Output);
    }

    public override IReadOnlyList<string> Examples => ["validate ./config", "validate - < routes.yaml"];

    public override Task<int> RunAsync(VerbContext context)
    {
        var result = DocumentReader.Read(_candidate.Texts(context), lenient: _candidate.Lenient(context));
        if (context.Output != OutputFormat.Table) context.ShowObject(new { Valid = result.Document is not null, result.Findings });
        else if (result.Document is null) throw ConfigScreens.Invalid(result.Findings);
        else ConfigScreens.Findings(context, result.Findings);
        if (result.Document is null) return Task.FromResult(ExitCode.Invalid);
        context.Say($"Valid: {result.Document.Resources.Count} objects.");
        return Task.FromResult(ExitCode.Ok);
    }
}
