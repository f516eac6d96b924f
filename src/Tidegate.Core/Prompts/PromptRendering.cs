namespace Tidegate.Core.Prompts;

/// <summary>What came of rendering: messages, or all that is wrong.</summary>
/// <param name="Messages">The conversation; empty when something is wrong.</param>
/// <param name="Problems">What is wrong; empty when nothing is.</param>
public sealed record PromptRendering(IReadOnlyList<PromptMessage> Messages, IReadOnlyList<VariableProblem> Problems);
