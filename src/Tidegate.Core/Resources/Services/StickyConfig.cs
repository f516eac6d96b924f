using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Services;

/// <summary>Affinity by a cookie that the gateway sets. Its value names the destination by an opaque hash.</summary>
public sealed record StickyConfig
{
    /// <summary>Name of the cookie. Default <c>tidegate_affinity</c>.</summary>
    public string Cookie { get; init; } = "tidegate_affinity";

    /// <summary>Lifetime of the cookie. Default 0: until the browser closes.</summary>
    [DurationRange("0s", "30d")]
    public TimeSpan MaxAge { get; init; }

    /// <summary>Key of the hash, a secret reference. Default: made of the service's name; the value then hides addresses from the curious, not from an attacker who can guess them.</summary>
    [Secret]
    public string? Key { get; init; }
}
