using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Platform.Security;

namespace Tidegate.Verbs.Access;

/// <summary><c>tidegate tokens list</c>.</summary>
internal sealed class TokensListVerb : AdminVerb
{
    private readonly Option<bool> _all = new("--all") { Description = "Everybody's, not only your own" };

    public TokensListVerb()
        : base("list", "List API tokens.") => Options.Add(_all);

    public override async Task<int> RunAsync(VerbContext context)
    {
        var tokens = await context.Admin.ItemsAsync<TokenView>(AdminPath.Of("tokens", ("all", context.Get(_all) ? "true" : null)), context.Cancel).ToListAsync(context.Cancel);
        context.ShowList(
            tokens,
            "No tokens. Make one with 'tidegate tokens create NAME'.",
            new Column<TokenView>("ID", token => token.Id),
            new Column<TokenView>("OWNER", token => token.Owner),
            new Column<TokenView>("NAME", token => token.Name),
            new Column<TokenView>("ROLE", token => token.Role.ToString().ToLowerInvariant()),
            new Column<TokenView>("SCOPES", token => string.Join(' ', token.Scopes)),
            new Column<TokenView>("STATE", token => token.State) { Style = token => token.State == "active" ? "green" : "grey" },
            new Column<TokenView>("EXPIRES", token => AccessOptions.Shown(token.ExpiresAt)),
            new Column<TokenView>("LAST USED", token => AccessOptions.Shown(token.LastUsedAt)));
        return ExitCode.Ok;
    }
}
