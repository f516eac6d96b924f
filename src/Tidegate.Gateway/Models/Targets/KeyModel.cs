using Tidegate.Core.Resources.Providers;
using Tidegate.Models.Providers.Tokens;

namespace Tidegate.Gateway.Models.Targets;

/// <summary>A key of a pool.</summary>
/// <param name="config">What the document says.</param>
/// <param name="secret">The key itself; empty where none is asked for.</param>
/// <param name="state">Whether the provider still takes it; kept across snapshots as long as the secret is the same.</param>
internal sealed class KeyModel(ProviderKeyConfig config, string secret, KeyState state)
{
    /// <summary>Name in records and pages.</summary>
    public string Name { get; } = config.Name;

    /// <summary>Lower ones first.</summary>
    public int Priority { get; } = config.Priority;

    /// <summary>Share among equals.</summary>
    public int Weight { get; } = config.Weight;

    /// <summary>Ticks (UTC) from which it is not used.</summary>
    public long ExpiresAt { get; } = config.ExpiresAt?.UtcTicks ?? long.MaxValue;

    /// <summary>The key itself.</summary>
    public string Secret { get; } = secret;

    /// <summary>Where the tokens come from that it is exchanged for; null for keys that go as they are.</summary>
    public TokenSource? Tokens { get; init; }

    /// <summary>Whether the provider takes it.</summary>
    public KeyState State { get; } = state;
}
