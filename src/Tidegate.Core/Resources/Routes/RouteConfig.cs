using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Schema;
using Tidegate.Core.Resources.Services;

namespace Tidegate.Core.Resources.Routes;

/// <summary>Kind <c>Route</c>: which calls go where, and under which rules. Exactly one of <c>service</c>, <c>split</c>, <c>redirect</c>, <c>respond</c>, <c>models</c>.</summary>
public sealed record RouteConfig
{
    /// <summary>Which calls it takes. Default: all.</summary>
    public MatchConfig Match { get; init; } = new();

    /// <summary>Breaks ties between routes that match equally well: lower first. Default 0.</summary>
    public int Order { get; init; }

    /// <summary>Service that answers.</summary>
    [Reference("Service")]
    public string? Service { get; init; }

    /// <summary>Several services (versions), by weight.</summary>
    public IReadOnlyList<SplitConfig> Split { get; init; } = [];

    /// <summary>How one branch of the split gets its calls step by step. Null (default): weights are what they are.</summary>
    public RolloutConfig? Rollout { get; init; }

    /// <summary>Answers with a redirect.</summary>
    public RedirectConfig? Redirect { get; init; }

    /// <summary>Answers with a fixed text.</summary>
    public StaticResponseConfig? Respond { get; init; }

    /// <summary>Serves models.</summary>
    public ModelsConfig? Models { get; init; }

    /// <summary>Version label in the call log and metrics.</summary>
    public string? Version { get; init; }

    /// <summary>Changes to the request and the response.</summary>
    public RewriteConfig Rewrite { get; init; } = new();

    /// <summary>Cross-origin rules; null (default) leaves CORS to the upstream.</summary>
    public CorsConfig? Cors { get; init; }

    /// <summary>Who may call. Default: callers with a valid key.</summary>
    public IdentifyConfig Identify { get; init; } = new();

    /// <summary>Limits on rates; all of them must admit a call.</summary>
    public IReadOnlyList<LimitConfig> Limits { get; init; } = [];

    /// <summary>Limits on calls in flight; all of them must admit a call.</summary>
    public IReadOnlyList<ConcurrencyLimitConfig> Concurrency { get; init; } = [];

    /// <summary>Largest request body. Default 30 MB; 0 means no limit. Holds for what a gRPC caller streams in one call, too: give routes of endless streams 0.</summary>
    [ByteSize]
    [Range(0L, long.MaxValue)]
    public long MaxBodySize { get; init; } = 30_000_000;

    /// <summary>Overrides the service's deadline for this route. Default 0: the service's.</summary>
    [DurationRange("0s", "1d")]
    public TimeSpan Deadline { get; init; }

    /// <summary>Who is shed last when the service is overloaded. Default <c>normal</c>.</summary>
    public PriorityClass Priority { get; init; } = PriorityClass.Normal;

    /// <summary>Priority classes whose calls are refused with 503 (outcome <c>shed</c>); never <c>critical</c>. Empty (default): none. Made for overlays in an emergency.</summary>
    public IReadOnlyList<PriorityClass> Shed { get; init; } = [];

    /// <summary>Keeps answers, and gives old ones when the service has none. Null (default): keeps none.</summary>
    public StaleConfig? Stale { get; init; }

    /// <summary>Overrides retry rules: true allows retries of non-idempotent methods too. Default false.</summary>
    public bool RetryUnsafe { get; init; }

    /// <summary>True when its calls may go to the service: to it alone, or by a split.</summary>
    public bool LeadsTo(string service) => Service == service || Split.Any(branch => branch.Service == service);
}
