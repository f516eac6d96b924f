using Tidegate.Cli;
using Tidegate.Core.Ports;
using Tidegate.Hosting.Supervision;
using Tidegate.Platform.ConfigStore;
using Tidegate.Platform.Hosting;

namespace Tidegate.Status;

/// <summary>Puts together how the node is, from the gateway, the supervised modules and their own reports.</summary>
internal sealed class NodeStatusReader(
    INodeStatus node, IReadOnlyList<ModuleState> modules, IEnumerable<IModuleHealth> reports, TimeProvider time, ConfigDirectoryState? directory = null)
{
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private readonly long _began = time.GetTimestamp();

    /// <summary>Why load balancers should look elsewhere; empty when the node is ready.</summary>
    public IReadOnlyList<string> NotReady()
    {
        // Revision 0 is the empty one of a node that was never configured: with a directory that was refused, nobody meant it.
        if (directory?.Refused is not null && (node.Running is null or { Revision: 0 }))
            return [$"No configuration in force: what stands in {directory.Path} was refused. 'tidegate status' shows why."];
        if (node.Ready) return [];
        return node.Running is null ? ["There is no configuration yet: apply one with 'tidegate apply', or start with --config or --upstream."] : ["The node is stopping and finishes the calls in flight."];
    }

    /// <summary>Everything.</summary>
    public NodeStatusAnswer Read()
    {
        var reasons = NotReady();
        return new NodeStatusAnswer(
            reasons.Count == 0,
            reasons,
            new ProcessStatus(
                ProductVersion.Number, ProductVersion.Commit, Environment.MachineName, Environment.ProcessId,
                _startedAt, (long)time.GetElapsedTime(_began).TotalSeconds, Environment.WorkingSet),
            new ConfigurationStatus(
                node.Running?.Revision, node.Running?.Generation, node.Running?.Overlays ?? [], node.Rejected, node.RejectedRevision,
                directory?.Path, directory?.Refused?.Findings ?? []),
            node.Destinations,
            [.. modules.Select(Status)]);
    }

    private ModuleStatus Status(ModuleState module)
    {
        IReadOnlyList<string> problems = [.. module.Failures, .. reports.Where(report => report.Module == module.Name).SelectMany(report => report.Problems)];
        return new(module.Name, problems.Count == 0, problems, module.Restarts);
    }
}
