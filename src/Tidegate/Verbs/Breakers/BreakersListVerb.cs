using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Core.Ports;

namespace Tidegate.Verbs.Breakers;

/// <summary><c>tidegate breakers list</c>.</summary>
internal sealed class BreakersListVerb : AdminVerb
{
    private readonly Option<bool> _held = new("--held") { Description = "Only those that somebody holds" };

    public BreakersListVerb()
        : base("list", "Show the breakers of a node and who holds them.") => Options.Add(_held);

    public override IReadOnlyList<string> Examples => ["breakers list --held"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var path = AdminPath.Of("breakers", ("held", context.Get(_held) ? "true" : null));
        Show(context, await context.Admin.ItemsAsync<BreakerStatus>(path, context.Cancel).ToListAsync(context.Cancel), context.Get(_held) ? "Nobody holds a breaker." : "No destinations yet.");
        return ExitCode.Ok;
    }

    /// <summary>Prints breakers.</summary>
    public static void Show(VerbContext context, IReadOnlyList<BreakerStatus> breakers, string none) => context.ShowList(
        breakers,
        none,
        new Column<BreakerStatus>("SERVICE", b => b.Service),
        new Column<BreakerStatus>("DESTINATION", b => b.Destination) { Wraps = true },
        new Column<BreakerStatus>("BREAKER", b => b.Breaker) { Style = b => b.Breaker == "closed" ? null : "yellow" },
        new Column<BreakerStatus>("HELD UNTIL", b => b.Held is { } held ? held.Until.ToString("yyyy-MM-dd HH:mm:ss'Z'") : ""),
        new Column<BreakerStatus>("REASON", b => b.Held?.Reason ?? "") { Wraps = true });
}
