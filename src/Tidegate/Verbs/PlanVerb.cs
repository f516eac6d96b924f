using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Platform.ConfigStore;

namespace Tidegate.Verbs;

/// <summary><c>tidegate plan</c>.</summary>
internal sealed class PlanVerb : AdminVerb
{
    private readonly CandidateArguments _candidate;
    private readonly Option<bool> _check = new("--check") { Description = "End with 8 when there are differences" };

    public PlanVerb()
        : base("plan", "Show what applying configuration files would change, and every finding; changes nothing.")
    {
        _candidate = new CandidateArguments(this);
        Options.Add(_check);
    }

    public override IReadOnlyList<string> Examples => ["plan ./config", "plan ./config --check", "plan route.yaml --partial"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var plan = await context.Admin.SendAsync<CandidateArguments.CandidateBody, Plan>(HttpMethod.Post, "config/plan", _candidate.Body(context, ""), context.Cancel);
        if (!plan.Valid && context.Output == OutputFormat.Table) throw ConfigScreens.Invalid(plan.Findings);
        context.Show(plan, (screen, p) =>
        {
            ConfigScreens.Findings(context, p.Findings);
            ConfigScreens.Changes(screen, p.Changes);
            context.Say(p.Changes.Count == 0 ? $"No differences to revision {p.Parent}." : $"{p.Summary}, compared with revision {p.Parent}.");
        });
        return !plan.Valid ? ExitCode.Invalid : context.Get(_check) && plan.Changes.Count > 0 ? ExitCode.Found : ExitCode.Ok;
    }
}
