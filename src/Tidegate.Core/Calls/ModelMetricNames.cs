using static Tidegate.Core.Calls.MetricKind;

namespace Tidegate.Core.Calls;

/// <summary>
/// The metrics of calls of models, made by the meter <see cref="CallMetricNames.Meter"/>. <c>model</c> and <c>provider</c> are names of the configuration; <c>shadow</c> is <c>true</c> for mirrored
/// calls, which no caller is billed for.
/// </summary>
public static class ModelMetricNames
{
    private static readonly double[] Seconds = [0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1, 1.5, 2, 3, 5, 7.5, 10, 20, 30, 60, 120];

    /// <summary>Tokens; <c>kind</c>: input and output are totals, cached_input and cache_write are parts of the input, reasoning is part of the output.</summary>
    public static MetricDefinition Tokens { get; } = new(
        "tidegate_model_tokens_total", Counter, "{token}", "Tokens of attempts at models; cached_input and cache_write are parts of input, reasoning of output.", "model", "provider", "kind", "shadow");

    /// <summary>Cost of all attempts, failed ones too.</summary>
    public static MetricDefinition Cost { get; } = new(
        "tidegate_model_cost_total", Counter, "{currency}", "Cost of attempts at models whose price is known, failed ones too.", "model", "provider", "currency", "shadow");

    /// <summary>Attempts that are missing in <see cref="Cost"/>.</summary>
    public static MetricDefinition CostUnknown { get; } = new(
        "tidegate_model_cost_unknown_total", Counter, "{attempt}", "Attempts at models whose cost is not known: no price, or no tokens.", "model", "provider", "shadow");

    /// <summary>From the start of an attempt to its first token.</summary>
    public static MetricDefinition FirstToken { get; } = new(
        "tidegate_model_first_token_seconds", Histogram, "s", "From the start of an attempt to its first token, or to its answer when it was not streamed.", "model", "provider", "shadow")
    { Buckets = Seconds };

    /// <summary>Calls of models with a cache; <c>result</c>: hit, miss, bypass (an answer that is not kept). <c>service</c> is the name of the Model, as in the metrics of calls.</summary>
    public static MetricDefinition CacheCalls { get; } = new(
        "tidegate_model_cache_calls_total", Counter, "{call}", "Calls of models that keep answers: answered from the cache, not there, or not to be kept.", "service", "result");

    /// <summary>Answers kept.</summary>
    public static MetricDefinition CacheStored { get; } = new("tidegate_model_cache_stored_total", Counter, "{answer}", "Answers put into the caches of models.", "service");

    /// <summary>Answers in the cache now, expired ones that nobody has asked for included.</summary>
    public static MetricDefinition CacheEntries { get; } = new("tidegate_model_cache_entries", Gauge, "{answer}", "Answers in the caches of models.", "service");

    /// <summary>Memory they take.</summary>
    public static MetricDefinition CacheBytes { get; } = new("tidegate_model_cache_bytes", Gauge, "By", "Memory of the answers in the caches of models.", "service");

    /// <summary>Time of outside guards; <c>decision</c>: allow, block, replace, failed.</summary>
    public static MetricDefinition GuardrailWebhook { get; } = new(
        "tidegate_guardrail_webhook_seconds", Histogram, "s", "How long outside guards took for an answer, or for none.", "guardrail", "webhook", "decision")
    { Buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1, 2, 5, 10, 30, 60] };

    /// <summary>Mirrored calls that have ended. <c>service</c> is the name of the Model.</summary>
    public static MetricDefinition ShadowCalls { get; } = new("tidegate_shadow_calls_total", Counter, "{call}", "Mirrored calls of models that have ended.", "service", "outcome");

    /// <summary>Calls that were to be mirrored and were not; <c>reason</c>: busy, cost, price_unknown, unsupported, not_sent, caller_gone, target_down, config_changed, stopping, fault.</summary>
    public static MetricDefinition ShadowDropped { get; } = new("tidegate_shadow_dropped_total", Counter, "{call}", "Calls of models that were to be mirrored and were not.", "service", "reason");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MetricDefinition> All { get; } = [Tokens, Cost, CostUnknown, FirstToken, CacheCalls, CacheStored, CacheEntries, CacheBytes, GuardrailWebhook, ShadowCalls, ShadowDropped];
}
