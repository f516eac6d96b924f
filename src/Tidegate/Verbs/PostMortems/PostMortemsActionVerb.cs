using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Insight.PostMortems;

namespace Tidegate.Verbs.PostMortems;

/// <summary><c>tidegate postmortems action</c>.</summary>
internal sealed class PostMortemsActionVerb : AdminVerb
{
    private readonly Argument<string> _incident = new("incident") { Description = "Id of the incident", HelpName = "incident" };
    private readonly Argument<string> _title = new("title") { Description = "What is to be done", HelpName = "title" };
    private readonly Option<string> _priority = new("--priority") { Description = "p0 (before anything else) to p3 (would be nice)", HelpName = "priority", DefaultValueFactory = _ => "p2" };
    private readonly Option<string?> _owner = new("--owner") { Description = "Who sees to it", HelpName = "name" };
    private readonly Option<DateOnly?> _due = TimeOptions.Day("--due", "Until when, such as 2026-12-10");

    public PostMortemsActionVerb()
        : base("action", "Add an action item to the post-mortem of an incident; the first begins it.")
    {
        _priority.AcceptOnlyFromAmong("p0", "p1", "p2", "p3");
        Arguments.Add(_incident);
        Arguments.Add(_title);
        Options.Add(_priority);
        Options.Add(_owner);
        Options.Add(_due);
    }

    public override IReadOnlyList<string> Examples => ["postmortems action inc_3 \"limit the pool to what the database takes\" --priority p0 --owner ada --due 2026-12-10"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var request = new ActionItemRequest { Title = context.Get(_title)!, Priority = Enum.Parse<ActionPriority>(context.Get(_priority)!, ignoreCase: true), Owner = context.Get(_owner) ?? "", Due = context.Get(_due) };
        var found = await context.Admin.SendAsync<ActionItemRequest, PostMortem>(HttpMethod.Post, $"postmortems/{AdminPath.Segment(context.Get(_incident)!)}/actions", request, context.Cancel);
        context.Show(found, (screen, p) => screen.Profile.Out.Writer.WriteLine($"Action item {p.Actions[^1].Number} of {p.Incident}, {p.Actions[^1].Priority}: {PostMortemText.Item(p.Actions[^1])}."));
        return ExitCode.Ok;
    }
}
