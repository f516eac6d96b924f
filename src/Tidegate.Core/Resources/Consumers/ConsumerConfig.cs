using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Routes;

namespace Tidegate.Core.Resources.Consumers;

/// <summary>Kind <c>Consumer</c>: who calls.</summary>
public sealed record ConsumerConfig
{
    /// <summary>Team it belongs to, for reports.</summary>
    public string? Team { get; init; }

    /// <summary>Keys by hash. Keys issued with <c>tidegate keys create</c> need not stand here.</summary>
    public IReadOnlyList<KeyConfig> Keys { get; init; } = [];

    /// <summary>Values of a token's consumer claim that mean this consumer. Default: its name.</summary>
    public IReadOnlyList<string> Subjects { get; init; } = [];

    /// <summary>Client certificates that mean this consumer.</summary>
    public IReadOnlyList<CertificateConfig> Certificates { get; init; } = [];

    /// <summary>Scopes it has, whatever its credential.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Routes it may call; <c>orders-*</c> takes a prefix. Empty: all.</summary>
    public IReadOnlyList<string> Routes { get; init; } = [];

    /// <summary>Limits of its own, over all routes, besides those of the route.</summary>
    public IReadOnlyList<LimitConfig> Limits { get; init; } = [];

    /// <summary>Most calls in flight over all routes. Default 0: no limit.</summary>
    [Range(0, 1000000)]
    public int MaxConcurrent { get; init; }

    /// <summary>Raises or lowers its calls against the route's priority class; null (default): the route's.</summary>
    public PriorityClass? Priority { get; init; }

    /// <summary>True refuses every call with 403. Default false.</summary>
    public bool Suspended { get; init; }
}
