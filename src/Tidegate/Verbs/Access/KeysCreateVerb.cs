using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Platform.Security;

namespace Tidegate.Verbs.Access;

/// <summary><c>tidegate keys create</c>.</summary>
internal sealed class KeysCreateVerb : AdminVerb
{
    private readonly Argument<string> _consumer = new("consumer") { Description = "Name of the Consumer it is for" };
    private readonly Option<string?> _name = new("--name") { Description = "What it is for", HelpName = "text" };
    private readonly Option<string[]> _scopes = AccessOptions.Scopes("Scope it carries; repeatable [default: the consumer's]");
    private readonly Option<TimeSpan?> _life = AccessOptions.Duration("--expires-in", "How long it works [default: until it is revoked]");

    public KeysCreateVerb()
        : base("create", "Issue a key to a consumer. The key is shown this once.")
    {
        Arguments.Add(_consumer);
        Options.Add(_name);
        Options.Add(_scopes);
        Options.Add(_life);
    }

    public override IReadOnlyList<string> Examples => ["keys create shop", "keys create shop --scope orders.read --expires-in 90d"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var request = new KeyRequest(context.Get(_consumer)!, context.Get(_name), context.Get(_scopes), context.Get(_life) is { } life ? context.Time.GetUtcNow() + life : null);
        var made = await context.Admin.SendAsync<KeyRequest, KeyIssued>(HttpMethod.Post, "keys", request, context.Cancel);
        Show(context, made);
        return ExitCode.Ok;
    }

    /// <summary>The key alone on standard output, so that it can be piped into a secret store.</summary>
    internal static void Show(VerbContext context, KeyIssued made)
    {
        if (context.Output != OutputFormat.Table)
        {
            context.ShowObject(made);
            return;
        }

        context.Terminal.Out.WriteLine(made.Secret);
        context.Say($"Key {made.Key.Id} of {made.Key.Consumer}{(made.Key.ExpiresAt is { } end ? $", until {AccessOptions.Shown(end)}" : "")}. It is shown this once; only its hash is kept.");
    }
}
