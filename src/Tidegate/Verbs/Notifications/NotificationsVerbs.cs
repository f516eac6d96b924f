using System.CommandLine;

namespace Tidegate.Verbs.Notifications;

/// <summary><c>tidegate notifications</c> and its sub-verbs.</summary>
internal static class NotificationsVerbs
{
    public static Command All => new("notifications", "Who was told of which alert.") { new NotificationsListVerb(), new NotificationsTestVerb(), new NotificationsRetryVerb() };
}
