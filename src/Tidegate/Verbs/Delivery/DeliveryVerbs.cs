using System.CommandLine;

namespace Tidegate.Verbs.Delivery;

/// <summary><c>tidegate release</c> and <c>tidegate freeze</c> with their sub-verbs.</summary>
internal static class DeliveryVerbs
{
    public static Command Release => new("release", "Tell of releases: they explain alerts.") { new ReleaseStartVerb(), new ReleaseFinishVerb(), new ReleaseListVerb() };

    public static Command Freeze => new("freeze", "Services that are not to be released to.") { new FreezeStartVerb(), new FreezeEndVerb(), new FreezeListVerb() };
}
