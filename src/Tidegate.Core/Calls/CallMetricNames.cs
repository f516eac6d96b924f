using static Tidegate.Core.Calls.MetricKind;

namespace Tidegate.Core.Calls;

/// <summary>
/// The metrics of the data path: the single list of their names, labels, units and meanings. Made by the meter <see cref="Meter"/>.
/// Labels never carry what a stranger chooses (path, host, address), so the number of series is bounded by the configuration.
/// </summary>
public static class CallMetricNames
{
    /// <summary>Name of the meter of the gateway, and of its <see cref="System.Diagnostics.ActivitySource"/>.</summary>
    public const string Meter = "Tidegate.Gateway";

    /// <summary>Seconds; from a cache answer on the same machine to the longest poll. Denser where objectives are usually set.</summary>
    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    /// <summary>Finished calls. <c>outcome</c> is a word of <see cref="CallOutcomes"/>, <c>code</c> the status the caller saw.</summary>
    public static MetricDefinition Calls { get; } = new("tidegate_calls_total", Counter, "{call}", "Calls that have ended.", "route", "service", "outcome", "code");

    /// <summary>Whole call, to the last byte sent.</summary>
    public static MetricDefinition CallDuration { get; } = new("tidegate_call_duration_seconds", Histogram, "s", "Duration of calls, to the last byte sent.", "route", "service") { Buckets = Seconds };

    /// <summary>Calls being served now.</summary>
    public static MetricDefinition CallsInFlight { get; } = new("tidegate_calls_in_flight", Gauge, "{call}", "Calls being served now.");

    /// <summary>Body bytes read from callers.</summary>
    public static MetricDefinition RequestBytes { get; } = new("tidegate_request_bytes_total", Counter, "By", "Body bytes read from callers.", "route", "service");

    /// <summary>Body bytes sent to callers.</summary>
    public static MetricDefinition ResponseBytes { get; } = new("tidegate_response_bytes_total", Counter, "By", "Body bytes sent to callers.", "route", "service");

    /// <summary>Attempts at destinations; <c>kind</c> is first, retry, hedge or fallback.</summary>
    public static MetricDefinition Attempts { get; } = new("tidegate_attempts_total", Counter, "{attempt}", "Attempts at destinations.", "service", "destination", "kind", "outcome");

    /// <summary>Until an attempt's headers were used, or it failed or was given up.</summary>
    public static MetricDefinition AttemptDuration { get; } = new("tidegate_attempt_duration_seconds", Histogram, "s", "Duration of attempts until their headers were used or they failed.", "service", "destination") { Buckets = Seconds };

    /// <summary>Retries that were wanted and not made; <c>reason</c>: budget, deadline, not_safe, attempts.</summary>
    public static MetricDefinition RetriesRefused { get; } = new("tidegate_retries_refused_total", Counter, "{retry}", "Retries that were wanted and not made.", "service", "reason");

    /// <summary>Calls refused by a limit; <c>limit</c> is its name in the route or consumer.</summary>
    public static MetricDefinition LimitRejections { get; } = new("tidegate_limit_rejections_total", Counter, "{call}", "Calls refused by a rate or concurrency limit.", "route", "limit");

    /// <summary>Calls refused because a budget had no room for them.</summary>
    public static MetricDefinition BudgetRefusals { get; } = new("tidegate_budget_refusals_total", Counter, "{call}", "Calls of models refused because a budget had no room for them.", "budget");

    /// <summary>Share of a budget's limit that is used; with a count for each consumer, team, key or model the highest. <c>unit</c>: tokens, cost.</summary>
    public static MetricDefinition BudgetUsedRatio { get; } = new("tidegate_budget_used_ratio", Gauge, "1", "Share of a budget's limit used in its window; the highest of its counts.", "budget", "unit");

    /// <summary>Tokens of a budget, over all its counts. <c>state</c>: used, reserved.</summary>
    public static MetricDefinition BudgetTokens { get; } = new("tidegate_budget_tokens", Gauge, "{token}", "Tokens used in a budget's window, or reserved for calls under way.", "budget", "state");

    /// <summary>Money of a budget, over all its counts, in its currency. <c>state</c>: used, reserved.</summary>
    public static MetricDefinition BudgetCost { get; } = new("tidegate_budget_cost", Gauge, "", "Money used in a budget's window, or reserved for calls under way.", "budget", "currency", "state");

    /// <summary>Calls given up under load; <c>reason</c>: bulkhead, adaptive, queue_full.</summary>
    public static MetricDefinition Shed { get; } = new("tidegate_shed_total", Counter, "{call}", "Calls given up by load shedding or a bulkhead.", "service", "priority", "reason");

    /// <summary>Calls at once that adaptive concurrency allows now.</summary>
    public static MetricDefinition ConcurrencyLimit { get; } = new("tidegate_concurrency_limit", Gauge, "{call}", "Calls at once that adaptive concurrency allows now.", "service");

    /// <summary>0 closed, 1 half-open, 2 open.</summary>
    public static MetricDefinition BreakerState { get; } = new("tidegate_breaker_state", Gauge, "", "Circuit breaker of a destination: 0 closed, 1 half-open, 2 open.", "service", "destination");

    /// <summary>Breaker changes; <c>to</c>: closed, half_open, open.</summary>
    public static MetricDefinition BreakerChanges { get; } = new("tidegate_breaker_changes_total", Counter, "{change}", "State changes of circuit breakers.", "service", "destination", "to");

    /// <summary>1 when a destination takes traffic, 0 when it does not, by its health checks and ejections.</summary>
    public static MetricDefinition DestinationHealthy { get; } = new("tidegate_destination_healthy", Gauge, "", "1 when a destination takes traffic, 0 when its health checks or an ejection keep it out.", "service", "destination");

    /// <summary>Passive ejections; <c>reason</c>: consecutive_failures, error_ratio, latency.</summary>
    public static MetricDefinition Ejections { get; } = new("tidegate_ejections_total", Counter, "{ejection}", "Destinations ejected because of what calls saw.", "service", "destination", "reason");

    /// <summary>Requests refused before routing; <c>reason</c> is the hygiene rule, <c>server_</c> and the status, <c>http2_stream</c> or <c>http2_connection</c>.</summary>
    public static MetricDefinition BadRequests { get; } = new("tidegate_bad_requests_total", Counter, "{request}", "Requests refused before routing by a hygiene rule.", "reason");

    /// <summary>Refused identities; <c>reason</c> is the identify rule: missing, unknown_key, expired, signature, audience, ...</summary>
    public static MetricDefinition IdentifyFailures { get; } = new("tidegate_identify_failures_total", Counter, "{call}", "Calls whose caller was not accepted.", "route", "reason");

    /// <summary>Revision calls are decided by.</summary>
    public static MetricDefinition ConfigRevision { get; } = new("tidegate_config_revision", Gauge, "", "Configuration revision that decides calls now.");

    /// <summary>Configurations offered to this node; <c>result</c>: applied, rejected.</summary>
    public static MetricDefinition ConfigChanges { get; } = new("tidegate_config_changes_total", Counter, "{change}", "Configurations offered to this node.", "result");

    /// <summary>1 when this node wants traffic, 0 while starting and draining.</summary>
    public static MetricDefinition Ready { get; } = new("tidegate_ready", Gauge, "", "1 when this node wants traffic, 0 while it starts or drains.");

    /// <summary>All of them, in the order of the reference page.</summary>
    public static IReadOnlyList<MetricDefinition> All { get; } =
    [
        Calls, CallDuration, CallsInFlight, RequestBytes, ResponseBytes, Attempts, AttemptDuration, RetriesRefused, LimitRejections, Shed, ConcurrencyLimit,
        BreakerState, BreakerChanges, DestinationHealthy, Ejections, BadRequests, IdentifyFailures, ConfigRevision, ConfigChanges, Ready, .. StaleMetricNames.All, .. ModelMetricNames.All,
        BudgetRefusals, BudgetUsedRatio, BudgetTokens, BudgetCost,
    ];
}
