using System.CommandLine;
using Spectre.Console;
using Tidegate.Cli;
using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies;
using Tidegate.Insight.Incidents;

namespace Tidegate.Verbs.Incidents;

/// <summary><c>tidegate incidents open</c>.</summary>
internal sealed class IncidentsOpenVerb : AdminVerb
{
    private readonly Argument<string> _title = new("title") { Description = "What it is, in a few words", HelpName = "title" };
    private readonly Option<string> _severity = new("--severity") { Description = "sev1 (most users cannot do what they came for) to sev4 (next to nobody notices)", HelpName = "sev", DefaultValueFactory = _ => "sev3" };
    private readonly Option<string[]> _services = new("--service") { Description = "Service that it hurts; repeatable", HelpName = "name" };
    private readonly Option<string[]> _objectives = new("--objective") { Description = "Objective whose budget it uses; repeatable", HelpName = "id" };
    private readonly Option<string[]> _alerts = new("--alert") { Description = "Alert it is about; repeatable", HelpName = "id" };
    private readonly Option<DateTimeOffset?> _since = TimeOptions.Moment("--since", "When users began to be hurt, such as 2026-03-02T09:00Z; now where left out");

    public IncidentsOpenVerb()
        : base("open", "Open an incident, or join the one that is open for its objective or service.")
    {
        _severity.AcceptOnlyFromAmong("sev1", "sev2", "sev3", "sev4");
        Arguments.Add(_title);
        Options.Add(_severity);
        Options.Add(_services);
        Options.Add(_objectives);
        Options.Add(_alerts);
        Options.Add(_since);
    }

    public override IReadOnlyList<string> Examples => ["incidents open \"card payments fail\" --severity sev2 --service checkout"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var request = new IncidentRequest
        {
            Title = context.Get(_title)!,
            Severity = Enum.Parse<IncidentSeverity>(context.Get(_severity)!, ignoreCase: true),
            Services = context.Get(_services) ?? [],
            Objectives = context.Get(_objectives) ?? [],
            Alerts = context.Get(_alerts) ?? [],
            ImpactStart = context.Get(_since),
        };
        var incident = await context.Admin.SendAsync<IncidentRequest, Incident>(HttpMethod.Post, "incidents", request, context.Cancel);
        context.Show(incident, (screen, i) => screen.WriteLine(i.Title == request.Title
            ? $"{i.Id} is open. 'tidegate incidents show {i.Id}' has its timeline."
            : $"{i.Id} ({i.Title}) was open for the same cause, and has what you gave now, too."));
        return ExitCode.Ok;
    }
}
