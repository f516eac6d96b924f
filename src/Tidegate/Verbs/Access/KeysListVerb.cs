using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Platform.Security;

namespace Tidegate.Verbs.Access;

/// <summary><c>tidegate keys list</c>.</summary>
internal sealed class KeysListVerb : AdminVerb
{
    private readonly Option<string?> _consumer = new("--consumer") { Description = "Only keys of this Consumer", HelpName = "name" };
    private readonly Option<bool> _all = new("--all") { Description = "Revoked and expired ones too" };

    public KeysListVerb()
        : base("list", "List the keys of callers.")
    {
        Options.Add(_consumer);
        Options.Add(_all);
    }

    public override async Task<int> RunAsync(VerbContext context)
    {
        var path = AdminPath.Of("keys", ("consumer", context.Get(_consumer)), ("ended", context.Get(_all) ? "true" : null));
        var keys = await context.Admin.ItemsAsync<KeyView>(path, context.Cancel).ToListAsync(context.Cancel);
        context.ShowList(
            keys,
            "No keys. Issue one with 'tidegate keys create CONSUMER'.",
            new Column<KeyView>("ID", key => key.Id),
            new Column<KeyView>("CONSUMER", key => key.Consumer),
            new Column<KeyView>("NAME", key => key.Name),
            new Column<KeyView>("SCOPES", key => string.Join(' ', key.Scopes)),
            new Column<KeyView>("STATE", key => key.State) { Style = key => key.State == "active" ? "green" : "grey" },
            new Column<KeyView>("CREATED", key => AccessOptions.Shown(key.CreatedAt)),
            new Column<KeyView>("EXPIRES", key => AccessOptions.Shown(key.ExpiresAt)));
        return ExitCode.Ok;
    }
}
