namespace Tidegate.Core.Calls;

/// <summary>One try at one destination.</summary>
/// <param name="Destination">Destination name.</param>
/// <param name="StartUs">Microseconds from the start of the call.</param>
/// <param name="DurationUs">Microseconds until its headers were used, or until it failed or was given up.</param>
/// <param name="Status">Upstream status; 0 when none came.</param>
/// <param name="Outcome">What became of this attempt.</param>
/// <param name="Kind">Why it was made.</param>
/// <param name="Error">Short reason of a failure, for the operator; empty when there was none.</param>
public readonly record struct AttemptRecord(
    string Destination, long StartUs, long DurationUs, int Status, CallOutcome Outcome, AttemptKind Kind, string Error)
{
    /// <summary>Tokens and cost, for an attempt at a model; null for all others.</summary>
    public ModelUse? Use { get; init; }
}
