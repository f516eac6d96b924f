using System.CommandLine;
using Tidegate.Cli;

namespace Tidegate.Verbs.Access;

/// <summary><c>tidegate keys revoke</c>.</summary>
internal sealed class KeysRevokeVerb : AdminVerb
{
    private readonly Argument<string> _id = new("id") { Description = "Id of the key (k_...)" };

    public KeysRevokeVerb()
        : base("revoke", "Revoke a key at once. This cannot be undone.") => Arguments.Add(_id);

    public override async Task<int> RunAsync(VerbContext context)
    {
        var id = context.Get(_id)!;
        await context.Admin.DeleteAsync($"keys/{AdminPath.Segment(id)}", context.Cancel);
        context.Say($"Revoked {id}.");
        return ExitCode.Ok;
    }
}
