using System.CommandLine;
using Tidegate.Cli;

namespace Tidegate.Verbs;

/// <summary><c>tidegate overlay revoke</c>.</summary>
internal sealed class OverlayRevokeVerb : AdminVerb
{
    private readonly Argument<string> _id = new("id") { Description = "Id of the overlay, as 'tidegate overlay list' shows it" };

    public OverlayRevokeVerb()
        : base("revoke", "Take an overlay back before its time is over.") => Arguments.Add(_id);

    public override async Task<int> RunAsync(VerbContext context)
    {
        await context.Admin.DeleteAsync($"config/overlays/{AdminPath.Segment(context.Get(_id)!)}", context.Cancel);
        context.Say($"{context.Get(_id)} is revoked.");
        return ExitCode.Ok;
    }
}
