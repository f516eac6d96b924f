using System.Text.Json.Serialization;

namespace Tidegate.Core.Resources.OpenSlo.Indicators;

/// <summary>What the gateway can tell of a call. Each is good, bad or does not count.</summary>
public enum GatewayMeasure
{
    /// <summary>The service did its part: bad are failures of the service, good is <c>ok</c>; what callers did wrong, were not allowed to do or gave up on does not count.</summary>
    [JsonStringEnumMemberName("availability")]
    Availability,

    /// <summary>Time until the answer is complete; good: at most the threshold.</summary>
    [JsonStringEnumMemberName("latency")]
    Latency,

    /// <summary>Time until the first token of a model's answer; good: at most the threshold.</summary>
    [JsonStringEnumMemberName("first_token")]
    FirstToken,

    /// <summary>Mean time between tokens of a model's answer; good: at most the threshold.</summary>
    [JsonStringEnumMemberName("inter_token")]
    InterToken,

    /// <summary>Output tokens per second of a model's answer; good: at least the threshold.</summary>
    [JsonStringEnumMemberName("tokens_per_second")]
    TokensPerSecond,

    /// <summary>Answers of models that are no refusal are good.</summary>
    [JsonStringEnumMemberName("refusals")]
    Refusals,

    /// <summary>Answers of models that fit the JSON schema that was asked for are good; calls without a schema do not count.</summary>
    [JsonStringEnumMemberName("schema_valid")]
    SchemaValid,

    /// <summary>Calls that the first choice answered are good; those that needed a fallback are bad.</summary>
    [JsonStringEnumMemberName("fallbacks")]
    Fallbacks,

    /// <summary>What a good answer of a model cost, failed attempts included; good: at most the threshold. Calls of unknown cost do not count.</summary>
    [JsonStringEnumMemberName("cost_per_good_answer")]
    CostPerGoodAnswer,

    /// <summary>Calls answered from the cache are good; calls that may not be cached do not count.</summary>
    [JsonStringEnumMemberName("cache_hits")]
    CacheHits,

    /// <summary>Age of what was delivered, 0 when it came from upstream; good: at most the threshold.</summary>
    [JsonStringEnumMemberName("freshness")]
    Freshness,
}
