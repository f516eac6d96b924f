using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Platform.ConfigStore;

namespace Tidegate.Verbs;

/// <summary><c>tidegate plan</c>.</summary>
internal sealed class PlanVerb : AdminVerb
{
    /// <summary>So many objects that are added, changed and removed are shown each.</summary>
    private const int Shown = 100;

    private readonly CandidateArguments _candidate;
    private readonly Option<bool> _check = new("--check") { Description = "End with 8 when there are differences" };
    private readonly Option<bool> _all = new("--all") { Description = $"Show every object that differs; without it the first {Shown} added, changed and removed ones each" };

    public PlanVerb()
        : base("plan", "Show what applying configuration files would change, and every finding; changes nothing.")
    {
        _candidate = new CandidateArguments(this);
        Options.Add(_check);
        Options.Add(_all);
    }

    public override IReadOnlyList<string> Examples => ["plan ./config", "plan ./config --check", "plan route.yaml --partial"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        // Programs get everything.
        var limit = context.Output == OutputFormat.Table && !context.Get(_all) ? $"{Shown}" : null;
        var path = AdminPath.Of(_candidate.Path(context, "config/plan"), ("limit", limit));
        var plan = await context.Admin.SendAsync<CandidateArguments.CandidateBody, Plan>(HttpMethod.Post, path, _candidate.Body(context, ""), context.Cancel);
        if (!plan.Valid && context.Output == OutputFormat.Table) throw ConfigScreens.Invalid(plan.Findings);
        context.Show(plan, (screen, p) =>
        {
            ConfigScreens.Findings(context, p.Findings);
            ConfigScreens.Changes(screen, p.Changes);
            if (p.Changes.Count < p.Total) context.Say($"... and {p.Total - p.Changes.Count} more: --all shows them.");
            context.Say(p.Total == 0 ? $"No differences to revision {p.Parent}." : $"{p.Summary}, compared with revision {p.Parent}.");
        });
        return !plan.Valid ? ExitCode.Invalid : context.Get(_check) && plan.Total > 0 ? ExitCode.Found : ExitCode.Ok;
    }
}
