using Tidegate.Core.Calls;
using Tidegate.Core.Prompts;

namespace Tidegate.Gateway.Request;

/// <summary>Why the gateway answers itself. A value, not an exception.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Outcome">Outcome class of the call.</param>
/// <param name="Code">Stable word of the reason: last part of the problem type, for example <c>no_route</c>.</param>
/// <param name="Detail">What happened and what the caller can do. Never an upstream address.</param>
/// <param name="Policy">Name of the policy that spoke, for example <c>limit:per-key</c>; empty when none did.</param>
internal sealed record Refusal(int Status, CallOutcome Outcome, string Code, string Detail, string Policy = "")
{
    /// <summary>Seconds for <c>Retry-After</c>; 0 sends none.</summary>
    public int RetryAfterSeconds { get; init; }

    /// <summary>Value of <c>WWW-Authenticate</c>; null sends none.</summary>
    public string? Challenge { get; init; }

    /// <summary>All that is wrong with the values given; empty when it is about something else.</summary>
    public IReadOnlyList<VariableProblem> Errors { get; init; } = [];

    /// <summary>Methods for <c>Allow</c>; null sends none.</summary>
    public string? Allow { get; init; }

    /// <summary>True ends an HTTP/1.1 connection with the answer.</summary>
    public bool ClosesConnection { get; init; }

    /// <summary>Reason for the operator (call log), when it says more than the caller may know.</summary>
    public string? Internal { get; init; }
}
