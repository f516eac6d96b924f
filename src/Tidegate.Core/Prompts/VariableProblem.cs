namespace Tidegate.Core.Prompts;

/// <summary>Something wrong with the values of a call.</summary>
/// <param name="Name">Variable; empty when it is about all of them.</param>
/// <param name="Code">Stable word: <c>missing</c>, <c>wrong_value</c>, <c>unknown_variable</c>, <c>duplicate</c>, <c>too_large</c>.</param>
/// <param name="Message">What is wrong and what is legal.</param>
public sealed record VariableProblem(string Name, string Code, string Message);
