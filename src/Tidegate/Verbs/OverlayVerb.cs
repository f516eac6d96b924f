using System.CommandLine;

namespace Tidegate.Verbs;

/// <summary><c>tidegate overlay</c>: changes that take themselves back.</summary>
internal sealed class OverlayVerb : Command
{
    public OverlayVerb()
        : base("overlay", "Change the configuration for a limited time.")
    {
        Subcommands.Add(new OverlayCreateVerb());
        Subcommands.Add(new OverlayListVerb());
        Subcommands.Add(new OverlayRevokeVerb());
    }
}
