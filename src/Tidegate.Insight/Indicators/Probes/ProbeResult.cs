namespace Tidegate.Insight.Indicators.Probes;

/// <summary>How a probe went.</summary>
/// <param name="At">When it asked.</param>
/// <param name="Problem">Why it was bad; null when it was good.</param>
/// <param name="Took">How long it took.</param>
internal sealed record ProbeResult(DateTimeOffset At, string? Problem, TimeSpan Took);
