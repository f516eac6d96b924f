namespace Tidegate.Core.Resources.Services;

/// <summary>Source of the hash of <c>consistentHash</c>. A call without the value is hashed by client address.</summary>
public sealed record HashConfig
{
    /// <summary>Where the value is taken from. Default <c>ip</c>.</summary>
    public HashSource By { get; init; } = HashSource.Ip;

    /// <summary>Name of the header or cookie.</summary>
    public string? Name { get; init; }
}
