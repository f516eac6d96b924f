using System.ComponentModel.DataAnnotations;

namespace Tidegate.Core.Resources.Services;

/// <summary>One instance (or one load-balanced address) of a service.</summary>
public sealed record DestinationConfig
{
    /// <summary>Name in logs and metrics. Default: the address without its scheme.</summary>
    public string? Name { get; init; }

    /// <summary><c>http://host:port</c> or <c>https://host:port</c>, with an optional base path.</summary>
    public required Uri Address { get; init; }

    /// <summary>Share relative to the others. Default 100; 0 takes it out (draining).</summary>
    [Range(0, 65535)]
    public int Weight { get; init; } = 100;

    /// <summary>Failure domain, for example a data centre. Calls prefer the node's own zone.</summary>
    public string? Zone { get; init; }

    /// <summary>Region, for reports.</summary>
    public string? Region { get; init; }

    /// <summary>0 (default) is used first; the next number takes over as its healthy share falls (<c>balancing.spillOverBelow</c>).</summary>
    [Range(0, 15)]
    public int Priority { get; init; }
}
