using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Operations.Delivery;
using Tidegate.Verbs.Objectives;

namespace Tidegate.Verbs.Delivery;

/// <summary><c>tidegate freeze list</c>.</summary>
internal sealed class FreezeListVerb : AdminVerb
{
    private readonly Option<bool> _all = new("--all") { Description = "Those that are over, too" };

    public FreezeListVerb()
        : base("list", "List the freezes that hold, newest first.") => Options.Add(_all);

    public override async Task<int> RunAsync(VerbContext context)
    {
        var path = AdminPath.Of("freezes", ("all", context.Get(_all) ? "true" : null));
        var freezes = await context.Admin.ItemsAsync<Freeze>(path, context.Cancel).ToListAsync(context.Cancel);
        context.ShowList(
            freezes,
            "Nothing is frozen.",
            new Column<Freeze>("ID", f => f.Id),
            new Column<Freeze>("SERVICE", f => f.Service),
            new Column<Freeze>("SINCE", f => ObjectiveText.Time(f.StartedAt)),
            new Column<Freeze>("UNTIL", f => (f.EndedAt ?? f.Until) is { } end ? ObjectiveText.Time(end) : "it is ended"),
            new Column<Freeze>("BUT", f => string.Join(' ', f.Exceptions.Select(e => e.ToString().ToLowerInvariant()))) { Spare = 1 },
            new Column<Freeze>("AUTHOR", f => f.Author),
            new Column<Freeze>("REASON", f => f.Reason));
        return ExitCode.Ok;
    }
}
