using Tidegate.Core.Resources.Models;
using Tidegate.Gateway.Models.Costs;
using Tidegate.Gateway.Request.Balance;
using Tidegate.Gateway.Request.Match;

namespace Tidegate.Gateway.Models.Targets;

/// <summary>A model of a provider behind an alias.</summary>
/// <param name="config">What the document says.</param>
/// <param name="provider">Where it is asked.</param>
/// <param name="states">Load, latency and breaker, one per key of the pool and in its order; kept across snapshots.</param>
/// <param name="facts">What is known of it before it is asked; null for nothing.</param>
internal sealed class TargetModel(TargetConfig config, ProviderModel provider, DestinationState[] states, TargetFactsState? facts = null)
{
    /// <summary>Name in records: <c>provider/model</c>.</summary>
    public string Name { get; } = $"{provider.Name}/{config.Model}";

    /// <summary>What the document says.</summary>
    public TargetConfig Config { get; } = config;

    /// <summary>Where it is asked.</summary>
    public ProviderModel Provider { get; } = provider;

    /// <summary>What it asks of a call's headers.</summary>
    public ValueCondition[] Headers { get; } = [.. (config.When?.Headers ?? []).Select(h => new ValueCondition(h))];

    /// <summary>State by key.</summary>
    public DestinationState[] States { get; } = states;

    /// <summary>What is known of it before it is asked: window, price.</summary>
    public TargetFacts Facts => facts?.Current ?? TargetFacts.None;

    /// <summary>Tokens it takes in all; 0 when not known.</summary>
    public int ContextWindow => Config.ContextWindow > 0 ? Config.ContextWindow : Facts.ContextWindow;

    /// <summary>Attempts in flight, over all keys; kept across snapshots.</summary>
    public TargetLoad Load { get; init; } = new();
}
