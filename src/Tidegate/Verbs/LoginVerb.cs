using System.Text.Json.Nodes;
using Tidegate.Cli;

namespace Tidegate.Verbs;

/// <summary><c>tidegate login</c>: checks a token and remembers it for later verbs.</summary>
internal sealed class LoginVerb : AdminVerb
{
    public LoginVerb()
        : base("login", "Remember the address and token of a Tidegate for later verbs.")
    {
    }

    public override IReadOnlyList<string> Examples => ["login", "login --address https://tidegate.example:8081"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var address = AdminAddress.Find(context, context.Get(CommonOptions.Address));
        var token = context.Get(CommonOptions.Token) ?? context.Terminal.Variable("TIDEGATE_TOKEN") ?? AskToken(context, address);
        using (var candidate = context.Connect(address, token)) await candidate.GetAsync<JsonNode>("status", context.Cancel);
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
