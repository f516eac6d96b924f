using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Insight.Notifications;
using Tidegate.Platform.Hosting;

namespace Tidegate.Verbs.Notifications;

/// <summary><c>tidegate notifications list</c>.</summary>
internal sealed class NotificationsListVerb : AdminVerb
{
    private readonly Option<string?> _state = new("--state") { Description = "Only pending, sent, dead (given up) or suppressed ones", HelpName = "state" };
    private readonly Option<string?> _target = new("--target") { Description = "Only those to this target", HelpName = "name" };
    private readonly Option<string?> _alert = new("--alert") { Description = "Only those about this alert", HelpName = "id" };
    private readonly Option<int> _limit = new("--limit") { Description = "Most shown", HelpName = "n", DefaultValueFactory = _ => 50 };

    public NotificationsListVerb()
        : base("list", "Show messages about alerts, newest first, and why some were not sent.")
    {
        _state.AcceptOnlyFromAmong("pending", "sent", "dead", "suppressed");
        Options.Add(_state);
        Options.Add(_target);
        Options.Add(_alert);
        Options.Add(_limit);
    }

    public override IReadOnlyList<string> Examples => ["notifications list --state dead", "notifications list --target oncall --limit 10"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var limit = context.Get(_limit);
        if (limit is < 1 or > 1000) throw new VerbFailure(ExitCode.Usage, $"The limit {limit} is out of range.") { Action = "Use 1 to 1000." };
        var path = AdminPath.Of("notifications", ("state", context.Get(_state)), ("target", context.Get(_target)), ("alert", context.Get(_alert)), ("limit", limit.ToString()));
        var page = await context.Admin.GetAsync<Page<Notification>>(path, context.Cancel);
        context.ShowList(
            page.Items,
            "No such messages.",
            new Column<Notification>("TIME", n => n.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'")),
            new Column<Notification>("TARGET", n => n.Target),
            new Column<Notification>("KIND", n => n.Kind),
            new Column<Notification>("STATE", n => n.State) { Style = n => n.State switch { "dead" => "red", "sent" => "green", _ => "yellow" } },
            new Column<Notification>("TRIES", n => n.Attempts.ToString()) { Right = true, Spare = 1 },
            new Column<Notification>("TITLE", n => n.Title) { Wraps = true },
            new Column<Notification>("WHY", n => n.Reason) { Wraps = true },
            new Column<Notification>("ID", n => n.Id) { Spare = 2 });
        return ExitCode.Ok;
    }
}
