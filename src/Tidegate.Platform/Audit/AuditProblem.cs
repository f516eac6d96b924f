namespace Tidegate.Platform.Audit;

/// <summary>A place where the trail is not what was written.</summary>
/// <param name="Sequence">First row concerned.</param>
/// <param name="Code"><c>altered</c>, <c>missing</c>, <c>truncated</c>, <c>rewritten</c>, <c>head</c>, <c>anchor</c>.</param>
/// <param name="Detail">What was found, in one sentence.</param>
public sealed record AuditProblem(long Sequence, string Code, string Detail);
