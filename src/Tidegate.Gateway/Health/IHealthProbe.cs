using Tidegate.Core.Resources.Services;
using Tidegate.Gateway.Snapshot;

namespace Tidegate.Gateway.Health;

/// <summary>Asks a destination whether it is well.</summary>
internal interface IHealthProbe
{
    /// <summary>Name in the document.</summary>
    ProbeType Name { get; }

    /// <summary>Null when it is well, else what was seen. May throw what connections throw.</summary>
    Task<string?> AskAsync(ServiceModel service, DestinationModel destination, ActiveHealthConfig config, CancellationToken cancel);
}
