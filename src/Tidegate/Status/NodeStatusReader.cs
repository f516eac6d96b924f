using Tidegate.Cli;
using Tidegate.Core.Ports;
using Tidegate.Hosting.Supervision;
using Tidegate.Platform.Hosting;

namespace Tidegate.Status;

/// <summary>Puts together how the node is, from the gateway, the supervised modules and their own reports.</summary>
internal sealed class NodeStatusReader(INodeStatus node, IReadOnlyList<ModuleState> modules, IEnumerable<IModuleHealth> reports, TimeProvider time)
{
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private readonly long _began = time.GetTimestamp();

    /// <summary>Why load balancers should look elsewhere; empty when the node is ready.</summary>
    public IReadOnlyList<string> NotReady()
    {
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
            new ConfigurationStatus(node.Running?.Revision, node.Running?.Generation, node.Running?.Overlays ?? [], node.Rejected),
            node.Destinations,
            [.. modules.Select(Status)]);
    }

    private ModuleStatus Status(ModuleState module)
    {
        IReadOnlyList<string> problems = [.. module.Failures, .. reports.Where(report => report.Module == module.Name).SelectMany(report => report.Problems)];
        return new(module.Name, problems.Count == 0, problems, module.Restarts);
    }
}
