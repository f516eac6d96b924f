using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Security;

namespace Tidegate.Verbs.Access;

/// <summary><c>tidegate tokens create</c>.</summary>
internal sealed class TokensCreateVerb : AdminVerb
{
    private readonly Argument<string> _name = new("name") { Description = "What it is for" };
    private readonly Option<Role?> _role = AccessOptions.Role("What it may do at most [default: as much as you]");
    private readonly Option<string[]> _scopes = AccessOptions.Scopes("Permission it is limited to; repeatable [default: all of the role]");
    private readonly Option<TimeSpan?> _life = AccessOptions.Duration("--expires-in", "How long it works [default: until it is revoked]");

    public TokensCreateVerb()
        : base("create", "Make an API token that acts for you. The token is shown this once.")
    {
        Arguments.Add(_name);
        Options.Add(_role);
        Options.Add(_scopes);
        Options.Add(_life);
    }

    public override IReadOnlyList<string> Examples => ["tokens create ci --role operator --expires-in 30d", "tokens create scraper --scope metrics.read"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var request = new TokenRequest(context.Get(_name)!, context.Get(_role), context.Get(_scopes), context.Get(_life) is { } life ? context.Time.GetUtcNow() + life : null);
        var made = await context.Admin.SendAsync<TokenRequest, TokenIssued>(HttpMethod.Post, "tokens", request, context.Cancel);
        if (context.Output != OutputFormat.Table)
        {
            context.ShowObject(made);
            return ExitCode.Ok;
        }

        context.Terminal.Out.WriteLine(made.Secret);
        context.Say($"Token {made.Token.Id}{(made.Token.ExpiresAt is { } end ? $", until {AccessOptions.Shown(end)}" : "")}. It is shown this once; only its hash is kept.");
        return ExitCode.Ok;
    }
}
