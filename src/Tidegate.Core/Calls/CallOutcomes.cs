namespace Tidegate.Core.Calls;

/// <summary>The words for <see cref="CallOutcome"/> used in the call log, metrics, API and CLI.</summary>
public static class CallOutcomes
{
    private static readonly string[] Words =
    [
        "ok", "client_error", "bad_request", "no_route", "unauthenticated", "forbidden", "rate_limited", "shed",
        "upstream_error", "timeout", "unavailable", "truncated", "client_cancelled", "gateway_error",
    ];

    /// <summary>All words, indexed by the value of the enum.</summary>
    public static IReadOnlyList<string> All => Words;

    /// <summary>Words of the outcomes that count against the service.</summary>
    public static IReadOnlyList<string> ServiceFailures { get; } = [.. Words.Where((_, i) => ((CallOutcome)i).IsServiceFailure())];

    /// <summary>The word for an outcome.</summary>
    public static string Word(this CallOutcome outcome) => Words[(int)outcome];

    /// <summary>True for outcomes that count against the service: upstream errors, timeouts, truncation, no destination, shedding, our own faults.</summary>
    public static bool IsServiceFailure(this CallOutcome outcome) => outcome is
        CallOutcome.UpstreamError or CallOutcome.Timeout or CallOutcome.Unavailable or CallOutcome.Truncated
        or CallOutcome.GatewayError or CallOutcome.Shed;
}
