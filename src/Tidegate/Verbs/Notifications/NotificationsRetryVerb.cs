using System.CommandLine;
using Tidegate.Cli;

namespace Tidegate.Verbs.Notifications;

/// <summary><c>tidegate notifications retry</c>.</summary>
internal sealed class NotificationsRetryVerb : AdminVerb
{
    private readonly Argument<string> _id = new("id") { Description = "Id of the message, as 'notifications list --state dead' shows it", HelpName = "id" };

    public NotificationsRetryVerb()
        : base("retry", "Send a message again that was given up.") => Arguments.Add(_id);

    public override IReadOnlyList<string> Examples => ["notifications retry alert_checkout_page_1793750400/fired/oncall"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        await context.Admin.SendAsync(HttpMethod.Post, "notifications/retry", new { Id = context.Get(_id)! }, context.Cancel);
        context.Say("It is sent again.");
        return ExitCode.Ok;
    }
}
