using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Models;

/// <summary>Kind <c>Model</c>: a name callers use, and the models behind it.</summary>
public sealed record ModelConfig
{
    /// <summary>What stands behind it. At least one.</summary>
    [MinLength(1)]
    public required IReadOnlyList<TargetConfig> Targets { get; init; }

    /// <summary>Which target is tried first. Default <c>order</c>.</summary>
    public TargetStrategy Strategy { get; init; } = TargetStrategy.Order;

    /// <summary>Keeps conversations at one target, by weight, in place of <c>strategy</c>. Null (default): calls are on their own.</summary>
    public StickyConfig? Sticky { get; init; }

    /// <summary>Time over which a target that was off gets its calls back, from a tenth to all of them. Default 5 s; 0 gives all at once.</summary>
    [DurationRange("0s", "10m")]
    public TimeSpan SlowStart { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Other aliases, tried in order when no target is left.</summary>
    public FallbacksConfig Fallbacks { get; init; } = new();

    /// <summary>How long callers wait for what.</summary>
    public ModelTimeoutsConfig Timeouts { get; init; } = new();

    /// <summary>Most attempts per call over all targets, the first, hedges and fallbacks included. Default 4; 1 means none but the first. Each fallback keeps one of them for itself, and has one even when there are too few.</summary>
    [Range(1, 20)]
    public int MaxAttempts { get; init; } = 4;

    /// <summary>How many of these may follow failed ones, over all calls: the retry budget.</summary>
    public ModelRetryConfig Retry { get; init; } = new();

    /// <summary>A second attempt beside a slow first one. Null (default): none.</summary>
    public ModelHedgingConfig? Hedging { get; init; }

    /// <summary>A target that is sent copies of calls, to be compared. Null (default): none.</summary>
    public ShadowConfig? Shadow { get; init; }

    /// <summary>Where calls wait while all targets are busy (<c>maxConcurrent</c>). Null (default): they are refused.</summary>
    public ModelQueueConfig? Queue { get; init; }

    /// <summary>What to do when a stream breaks that the caller has already seen something of. Default <c>none</c>: an error in the stream.</summary>
    public RescueMode Rescue { get; init; } = RescueMode.None;

    /// <summary>What a target's format cannot express: <c>refuse</c> (default; 400 naming the field) or <c>drop</c> (with a warning header).</summary>
    public InexpressibleMode Inexpressible { get; init; } = InexpressibleMode.Refuse;

    /// <summary>A content filter's refusal may go to the fallbacks for content policy. Default false: it is relayed.</summary>
    public bool RetryContentFilter { get; init; }

    /// <summary>Consumers that may use it. Empty (default): all.</summary>
    [Reference("Consumer")]
    public IReadOnlyList<string> Consumers { get; init; } = [];

    /// <summary>Guardrails of its calls, in order. They hold for its fallbacks too, which add their own. Empty (default): none.</summary>
    [Reference("Guardrail")]
    public IReadOnlyList<string> Guardrails { get; init; } = [];

    /// <summary>Gives the same answer to the same request; null (default): every call goes to a provider.</summary>
    public AnswerCacheConfig? Cache { get; init; }

    /// <summary>What is kept of the bodies of its calls. Null (default): nothing.</summary>
    public BodiesConfig? Bodies { get; init; }
}
