using Tidegate.Cli;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Status;

namespace Tidegate.Verbs;

/// <summary><c>tidegate status</c>.</summary>
internal sealed class StatusVerb : AdminVerb
{
    public StatusVerb()
        : base("status", "Show how the node is: configuration in force, destinations, modules.")
    {
    }

    public override async Task<int> RunAsync(VerbContext context)
    {
        var status = await context.Admin.GetAsync<NodeStatusAnswer>("status", context.Cancel);
        if (context.Output != OutputFormat.Table)
        {
            context.ShowObject(status);
            return ExitCode.Ok;
        }

        // Whoever looks at night looks for what is wrong; -o json has all of them.
        var troubled = status.Modules.Where(module => !module.Healthy || module.Restarts > 0 || module.Problems.Count > 0).ToList();
        context.ShowObject(
            status,
            ("ready", status.Ready ? "yes" : "no: " + string.Join(' ', status.Reasons)),
            ("version", status.Process.Version),
            ("up", TimeSpan.FromSeconds(status.Process.UptimeSeconds).ToString()),
            ("revision", status.Configuration.Revision?.ToString() ?? "none"),
            ("overlays", string.Join(' ', status.Configuration.Overlays)),
            ("modules", troubled.Count == 0 ? $"all {status.Modules.Count} are well" : $"{troubled.Count} of {status.Modules.Count} have problems or were started again"));
        Refused(context, $"Revision {status.Configuration.RejectedRevision} was refused by this node, revision {status.Configuration.Revision ?? 0} goes on serving:", status.Configuration.Rejected);
        Refused(context, $"{status.Configuration.Directory} was refused:", status.Configuration.DirectoryRefused);
        context.Terminal.Out.WriteLine();
        if (troubled.Count > 0)
        {
            context.ShowList(
                troubled,
                "",
                new Column<ModuleStatus>("MODULE", module => module.Name),
                new Column<ModuleStatus>("HEALTH", module => module.Healthy ? "ok" : "problem") { Style = module => module.Healthy ? "green" : "red" },
                new Column<ModuleStatus>("RESTARTS", module => module.Restarts.ToString()) { Right = true },
                new Column<ModuleStatus>("PROBLEMS", module => string.Join(' ', module.Problems)) { Wraps = true });
            context.Terminal.Out.WriteLine();
        }

        context.ShowList(
            status.Destinations,
            "No destinations yet.",
            new Column<DestinationStatus>("SERVICE", destination => destination.Service),
            new Column<DestinationStatus>("DESTINATION", destination => destination.Destination),
            new Column<DestinationStatus>("HEALTH", destination => destination.Health) { Style = destination => destination.Health == "unhealthy" ? "red" : null },
            new Column<DestinationStatus>("BREAKER", destination => destination.Breaker) { Style = destination => destination.Breaker == "closed" ? null : "yellow" },
            new Column<DestinationStatus>("IN FLIGHT", destination => destination.InFlight.ToString()) { Right = true },
            new Column<DestinationStatus>("REASON", destination => destination.Reason));
        return ExitCode.Ok;
    }

    /// <summary>One finding per line: in a cell of the table they would be cut, and make it as wide as the longest.</summary>
    private static void Refused(VerbContext context, string what, IReadOnlyList<Finding> findings)
    {
        if (findings.Count == 0) return;
        context.Terminal.Out.WriteLine();
        context.Terminal.Out.WriteLine(PlainText.Of(what));
        foreach (var finding in findings) context.Terminal.Out.WriteLine("  " + PlainText.Lines(finding.ToString(), "    "));
    }
}
