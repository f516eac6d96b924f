using System.Collections.Frozen;
using Tidegate.Core.Resources.Models;
using Tidegate.Gateway.Models.Caching;
using Tidegate.Gateway.Models.Shadows;
using Tidegate.Gateway.Request;
using Tidegate.Models.Guardrails;

namespace Tidegate.Gateway.Models.Targets;

/// <summary>A name callers use, and what stands behind it.</summary>
internal sealed class AliasModel(string name, ModelConfig config, TargetModel[] targets, AliasState state, TimeProvider time)
{
    /// <summary>Name in the document.</summary>
    public string Name { get; } = name;

    /// <summary>What the document says.</summary>
    public ModelConfig Config { get; } = config;

    /// <summary>The targets, as written.</summary>
    public TargetModel[] Targets { get; } = targets;

    /// <summary>What outlives snapshots.</summary>
    public AliasState State { get; } = state;

    /// <summary>Consumers that may use it; empty for all.</summary>
    public FrozenSet<string> Consumers { get; } = config.Consumers.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The answers it has given; null when none are kept. Kept across snapshots as long as nothing changes that they depend on.</summary>
    public AnswerCache? Cache { get; init; }

    /// <summary>What is kept of the bodies of its calls; null when nothing is.</summary>
    public BodiesConfig? Bodies { get; } = config.Bodies is { Keep: not BodiesKeep.Off } ? config.Bodies : null;

    /// <summary>Its guardrails, in order.</summary>
    public IReadOnlyList<Guardrail> Guardrails { get; init; } = [];

    /// <summary>Who is sent copies of its calls; null for nobody.</summary>
    public ShadowModel? Shadow { get; init; }

    /// <summary>Order of trying.</summary>
    public ITargetStrategy Strategy { get; } = TargetStrategies.Of(config.Strategy);

    /// <summary>Ticks (<see cref="TimeProvider.GetTimestamp"/>) of the whole call.</summary>
    public long Total { get; } = Ticks.Of(time, config.Timeouts.Total);

    /// <summary>Ticks until the first token.</summary>
    public long FirstToken { get; } = Ticks.Of(time, config.Timeouts.FirstToken);

    /// <summary>Ticks between tokens.</summary>
    public long Idle { get; } = Ticks.Of(time, config.Timeouts.Idle);

    /// <summary>Ticks over which a target that was off gets its calls back.</summary>
    public long SlowStart { get; } = Ticks.Of(time, config.SlowStart);

    /// <summary>Some targets are new ones.</summary>
    public bool HasCanaries { get; } = config.Targets.Any(t => t.Canary is not null);

    /// <summary>Ticks of an answer that is not streamed.</summary>
    public long Answer { get; } = Ticks.Of(time, config.Timeouts.Answer);
}
