namespace Tidegate.Platform.Audit;

/// <summary>One change, to be written with it.</summary>
/// <param name="Actor">Who.</param>
/// <param name="Action">What, as <c>area.verb</c>: <c>config.apply</c>, <c>key.revoke</c>.</param>
/// <param name="Target">On what, as <c>kind/name</c>: <c>revision/12</c>, <c>user/ada</c>.</param>
/// <param name="Before">Summary of the state before; written as JSON, without members marked <c>[Secret]</c>, cut at 4,000 characters. Null: did not exist.</param>
/// <param name="After">Summary of the state after, likewise. Null: no longer exists.</param>
/// <param name="Correlation">Joins rows of one operation; null takes the trace id of the request.</param>
public sealed record AuditEntry(Actor Actor, string Action, string Target, object? Before = null, object? After = null, string? Correlation = null);
