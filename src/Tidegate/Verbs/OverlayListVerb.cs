using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Platform.ConfigStore;

namespace Tidegate.Verbs;

/// <summary><c>tidegate overlay list</c>.</summary>
internal sealed class OverlayListVerb : AdminVerb
{
    private readonly Option<bool> _all = new("--all") { Description = "Those that are over, too" };

    public OverlayListVerb()
        : base("list", "List the overlays that hold, oldest first.") => Options.Add(_all);

    public override async Task<int> RunAsync(VerbContext context)
    {
        var path = AdminPath.Of("config/overlays", ("all", context.Get(_all) ? "true" : null));
        var overlays = await context.Admin.ItemsAsync<Overlay>(path, context.Cancel).ToListAsync(context.Cancel);
        context.ShowList(
            overlays,
            "No overlays hold.",
            new Column<Overlay>("ID", o => o.Id),
            new Column<Overlay>("OBJECTS", o => string.Join(' ', o.Patches.Keys)),
            new Column<Overlay>("AUTHOR", o => o.Author),
            new Column<Overlay>("UNTIL", o => (o.RevokedAt ?? o.ExpiresAt).ToString("yyyy-MM-dd HH:mm:ss'Z'")),
            new Column<Overlay>("REASON", o => o.Reason));
        return ExitCode.Ok;
    }
}
