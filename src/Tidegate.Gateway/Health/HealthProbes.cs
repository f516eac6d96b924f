using System.Collections.Frozen;
using Tidegate.Core.Resources.Services;

namespace Tidegate.Gateway.Health;

/// <summary>The list of probes: a new one is a new file and a line here.</summary>
internal static class HealthProbes
{
    /// <summary>Probes by their name in the document.</summary>
    public static FrozenDictionary<ProbeType, IHealthProbe> ByName { get; } =
        new IHealthProbe[] { new HttpProbe(), new TcpProbe(), new GrpcProbe() }.ToFrozenDictionary(p => p.Name);
}
