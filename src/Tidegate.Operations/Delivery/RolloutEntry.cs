namespace Tidegate.Operations.Delivery;

/// <summary>Something that happened to a rollout.</summary>
/// <param name="At">When.</param>
/// <param name="State">What it was from then on.</param>
/// <param name="Share">Percentage of the calls that the canary had from then on.</param>
/// <param name="Author">Who decided; <c>tidegate</c> where the judgement did.</param>
/// <param name="Text">Why, with the figures.</param>
public sealed record RolloutEntry(DateTimeOffset At, RolloutState State, int Share, string Author, string Text);
