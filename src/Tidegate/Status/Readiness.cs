namespace Tidegate.Status;

/// <summary>Answer of <c>/readyz</c>.</summary>
/// <param name="Ready">Send traffic here.</param>
/// <param name="Reasons">Why not; empty when ready.</param>
public sealed record Readiness(bool Ready, IReadOnlyList<string> Reasons);
