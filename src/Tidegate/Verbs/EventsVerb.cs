using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Platform.Events;

namespace Tidegate.Verbs;

/// <summary><c>tidegate events</c>.</summary>
internal sealed class EventsVerb : AdminVerb
{
    private readonly Option<string?> _type = new("--type") { Description = "Only this type; objectives.* takes a prefix", HelpName = "type" };
    private readonly Option<string?> _subject = new("--subject") { Description = "Only what happened to this; slo/* takes a prefix", HelpName = "kind/name" };
    private readonly Option<int> _limit = new("--limit") { Description = "Most events shown", HelpName = "n", DefaultValueFactory = _ => 50 };

    public EventsVerb()
        : base("events", "Show what happened, newest first.")
    {
        Options.Add(_type);
        Options.Add(_subject);
        Options.Add(_limit);
    }

    public override IReadOnlyList<string> Examples => ["events --type objectives.*", "events --subject slo/checkout --output json"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var path = AdminPath.Of("events", ("type", context.Get(_type)), ("subject", context.Get(_subject)));
        var rows = await context.Admin.ItemsAsync<Event>(path, context.Cancel).Take(Math.Max(1, context.Get(_limit))).ToListAsync(context.Cancel);
        context.ShowList(
            rows,
            "Nothing of that kind happened.",
            new Column<Event>("EVENT", e => e.Sequence.ToString()) { Right = true },
            new Column<Event>("TIME", e => e.Time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'")),
            new Column<Event>("TYPE", e => e.Type),
            new Column<Event>("SUBJECT", e => e.Subject),
            new Column<Event>("ID", e => e.Id) { Spare = 1 });
        return ExitCode.Ok;
    }
}
