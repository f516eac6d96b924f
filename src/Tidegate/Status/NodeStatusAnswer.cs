using Tidegate.Core.Ports;
using Tidegate.Core.Resources;

namespace Tidegate.Status;

/// <summary>Answer of <c>/api/v1/status</c>.</summary>
/// <param name="Ready">Load balancers may send traffic.</param>
/// <param name="Reasons">Why not; empty when ready.</param>
/// <param name="Process">The program and its process.</param>
/// <param name="Configuration">What calls are decided by.</param>
/// <param name="Destinations">Every destination as this node sees it.</param>
/// <param name="Modules">Every module, in start order.</param>
public sealed record NodeStatusAnswer(
    bool Ready,
    IReadOnlyList<string> Reasons,
    ProcessStatus Process,
    ConfigurationStatus Configuration,
    IReadOnlyList<DestinationStatus> Destinations,
    IReadOnlyList<ModuleStatus> Modules);

/// <summary>The program and its process.</summary>
/// <param name="Version">Version of the program.</param>
/// <param name="Commit">Commit it was built from; null when unknown.</param>
/// <param name="Machine">Name of the machine.</param>
/// <param name="ProcessId">Id of the process.</param>
/// <param name="StartedAt">When it started, UTC.</param>
/// <param name="UptimeSeconds">Seconds since then.</param>
/// <param name="WorkingSetBytes">Resident memory.</param>
public sealed record ProcessStatus(string Version, string? Commit, string Machine, int ProcessId, DateTimeOffset StartedAt, long UptimeSeconds, long WorkingSetBytes);

/// <summary>What calls are decided by.</summary>
/// <param name="Revision">Revision in force; null when there is none yet.</param>
/// <param name="Generation">Grows with every change of revision, overlays or keys.</param>
/// <param name="Overlays">Ids of the overlays applied, oldest first.</param>
/// <param name="Rejected">Why the newest configuration was not taken; empty when it was.</param>
/// <param name="RejectedRevision">Revision of that configuration; null when the newest one was taken.</param>
/// <param name="Directory">The directory or file it is taken from; null when there is none.</param>
/// <param name="DirectoryRefused">Why what stands there was not taken; empty when it was.</param>
public sealed record ConfigurationStatus(
    long? Revision,
    long? Generation,
    IReadOnlyList<string> Overlays,
    IReadOnlyList<Finding> Rejected,
    long? RejectedRevision,
    string? Directory,
    IReadOnlyList<Finding> DirectoryRefused);

/// <summary>How one module is.</summary>
/// <param name="Name">The module.</param>
/// <param name="Healthy">No problem known.</param>
/// <param name="Problems">What is wrong, one sentence each.</param>
/// <param name="Restarts">Background work started again after a crash.</param>
public sealed record ModuleStatus(string Name, bool Healthy, IReadOnlyList<string> Problems, int Restarts);
