using System.CommandLine;
using Tidegate.Cli;

namespace Tidegate.Verbs.Access;

/// <summary><c>tidegate tokens revoke</c>.</summary>
internal sealed class TokensRevokeVerb : AdminVerb
{
    private readonly Argument<string> _id = new("id") { Description = "Id of the token (t_...)" };

    public TokensRevokeVerb()
        : base("revoke", "Revoke an API token at once.") => Arguments.Add(_id);

    public override async Task<int> RunAsync(VerbContext context)
    {
        var id = context.Get(_id)!;
        await context.Admin.DeleteAsync($"tokens/{AdminPath.Segment(id)}", context.Cancel);
        context.Say($"Revoked {id}.");
        return ExitCode.Ok;
    }
}
