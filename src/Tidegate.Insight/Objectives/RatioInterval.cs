namespace Tidegate.Insight.Objectives;

/// <summary>Shares of good events between which the true one lies with 95 % confidence (Wilson's interval).</summary>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public sealed record RatioInterval(double Low, double High);
