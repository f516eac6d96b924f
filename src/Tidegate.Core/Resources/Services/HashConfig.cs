using System.ComponentModel.DataAnnotations;

namespace Tidegate.Core.Resources.Services;

/// <summary>Source of the hash of <c>consistentHash</c>. A call without the value is hashed by client address.</summary>
public sealed record HashConfig
{
    /// <summary>Where the value is taken from. Default <c>ip</c>.</summary>
    public HashSource By { get; init; } = HashSource.Ip;

    /// <summary>Name of the header or cookie.</summary>
    public string? Name { get; init; }

    /// <summary>Most calls in flight at one destination, as a multiple of its fair share; above it a call goes to the next destination in its order. Default 0: no bound; 1.25 is usual.</summary>
    [Range(0.0, 100.0)]
    public double MaxLoad { get; init; }
}
