using System.CommandLine;
using System.Text.Json.Nodes;
using Tidegate.Cli;
using Tidegate.Verbs.Access;

namespace Tidegate.Verbs;

/// <summary><c>tidegate login</c>: checks a token and remembers it for later verbs.</summary>
internal sealed class LoginVerb : AdminVerb
{
    private readonly Option<string?> _user = new("--user") { Description = "Log in with this user's password; a token for 30 days is made and remembered", HelpName = "name" };

    public LoginVerb()
        : base("login", "Remember the address and token of a Tidegate for later verbs.") => Options.Add(_user);

    public override IReadOnlyList<string> Examples => ["login", "login --user admin", "login --address https://tidegate.example:8081"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var address = AdminAddress.Find(context, context.Get(CommonOptions.Address));
        var token = context.Get(_user) is { } user ? await PasswordLogin.TokenAsync(context, address, user) : context.Get(CommonOptions.Token) ?? context.Terminal.Variable("TIDEGATE_TOKEN") ?? AskToken(context, address);
        using (var candidate = context.Connect(address, token)) await candidate.GetAsync<JsonNode>("me", context.Cancel);
        context.Profiles.Write(context.Profiles.Read().With(address, token));
        context.Say($"Logged in at {address}; remembered in {context.Profiles.Path}.");
        return ExitCode.Ok;
    }

    private static string AskToken(VerbContext context, Uri address)
    {
        var token = context.Terminal.InIsTerminal ? context.Terminal.ReadSecret($"Token for {address}: ") : context.Terminal.In.ReadLine();
        if (string.IsNullOrWhiteSpace(token)) throw new VerbFailure(ExitCode.Usage, "No token given.") { Action = "Type it, pipe it in, or use --token." };
        return token.Trim();
    }
}
