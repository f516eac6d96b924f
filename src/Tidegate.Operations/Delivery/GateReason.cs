namespace Tidegate.Operations.Delivery;

/// <summary>Something the gate found.</summary>
/// <param name="Code"><c>budget</c>, <c>burn</c>, <c>alert</c>, <c>incident</c>, <c>freeze</c>, <c>calendar</c>, <c>no_data</c>, <c>reading</c>, <c>no_objective</c>, <c>postmortem</c> or <c>release</c>.</param>
/// <param name="Effect">What it does.</param>
/// <param name="About">Id of the objective, alert, freeze, ...</param>
/// <param name="Text">In words, with the figures.</param>
public sealed record GateReason(string Code, GateEffect Effect, string About, string Text);
