namespace Tidegate.Operations.Delivery;

/// <summary>One thing a canary is compared by.</summary>
/// <param name="Name"><c>success</c>, <c>client_errors</c> or <c>latency</c>.</param>
/// <param name="Verdict">What it says.</param>
/// <param name="Baseline">Share of failed calls, or median duration in seconds, of the baseline; null without calls.</param>
/// <param name="Canary">The same of the canary.</param>
/// <param name="Text">In words, with the figures.</param>
public sealed record CanaryTest(string Name, CanaryVerdict Verdict, double? Baseline, double? Canary, string Text);
