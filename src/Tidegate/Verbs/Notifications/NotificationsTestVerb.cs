using System.CommandLine;
using Tidegate.Cli;

namespace Tidegate.Verbs.Notifications;

/// <summary><c>tidegate notifications test</c>.</summary>
internal sealed class NotificationsTestVerb : AdminVerb
{
    private readonly Argument<string> _target = new("target") { Description = "Name of the NotificationTarget", HelpName = "target" };

    public NotificationsTestVerb()
        : base("test", "Send a test to a target.") => Arguments.Add(_target);

    public override IReadOnlyList<string> Examples => ["notifications test oncall"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var target = context.Get(_target)!;
        await context.Admin.SendAsync(HttpMethod.Post, "notifications/test", new { Target = target }, context.Cancel);
        context.Say($"A test goes to {target}. 'tidegate notifications list --target {target} --limit 1' shows what became of it.");
        return ExitCode.Ok;
    }
}
