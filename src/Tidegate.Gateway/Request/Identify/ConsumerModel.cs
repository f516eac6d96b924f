using Tidegate.Core.Resources.Consumers;
using Tidegate.Gateway.Request.Admit.Limits;

namespace Tidegate.Gateway.Request.Identify;

/// <summary>A consumer as calls see it.</summary>
internal sealed class ConsumerModel(string name, ConsumerConfig config, LimitSet limits)
{
    private readonly string[] _routes = [.. config.Routes];

    /// <summary>Name in the document.</summary>
    public string Name { get; } = name;

    /// <summary>What the document says.</summary>
    public ConsumerConfig Config { get; } = config;

    /// <summary>Limits of its own, over all routes; their counts are kept across snapshots.</summary>
    public LimitSet Limits { get; } = limits;

    /// <summary>Scopes it has, whatever its credential.</summary>
    public string[] Scopes { get; } = [.. config.Scopes];

    /// <summary>True when its own access list lets it call the route: by name, or by a prefix with <c>*</c>.</summary>
    public bool MayCall(string route)
    {
        if (_routes.Length == 0) return true;
        foreach (var pattern in _routes)
        {
            if (pattern is [.., '*'] ? route.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal) : string.Equals(route, pattern, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
