using System.CommandLine;
using Spectre.Console;
using Tidegate.Cli;
using Tidegate.Platform.ConfigStore;

namespace Tidegate.Verbs;

/// <summary><c>tidegate apply</c>.</summary>
internal sealed class ApplyVerb : AdminVerb
{
    private readonly CandidateArguments _candidate;
    private readonly Option<string?> _message = new("--message", "-m") { Description = "Why, for the history", HelpName = "text" };

    public ApplyVerb()
        : base("apply", "Make configuration files the configuration: all of them or, when anything is wrong, nothing.")
    {
        _candidate = new CandidateArguments(this);
        Options.Add(_message);
    }

    public override IReadOnlyList<string> Examples => ["apply ./config -m \"route for orders v2\"", "apply route.yaml --partial", "apply ./config --parent 17"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var applied = await context.Admin.SendAsync<CandidateArguments.CandidateBody, Applied>(
            HttpMethod.Post, _candidate.Path(context, "config/apply"), _candidate.Body(context, context.Get(_message) ?? ""), context.Cancel);
        context.Show(applied, (screen, a) =>
        {
            ConfigScreens.Findings(context, a.Findings);
            screen.WriteLine(a.Changed ? $"Revision {a.Revision.Number}: {a.Revision.Summary}." : $"Nothing to do: revision {a.Revision.Number} says the same.");
        });
        return ConfigScreens.EndOf(context, applied);
    }
}
