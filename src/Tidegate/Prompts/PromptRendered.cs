namespace Tidegate.Prompts;

/// <summary>What a prompt would send to its model.</summary>
/// <param name="Prompt">Name of the prompt.</param>
/// <param name="Version">Version rendered.</param>
/// <param name="Model">Model alias that would answer.</param>
/// <param name="Messages">The messages, in order; blank ones are left out.</param>
public sealed record PromptRendered(string Prompt, string Version, string Model, IReadOnlyList<RenderedMessage> Messages);

/// <summary>A message of it.</summary>
/// <param name="Role"><c>system</c>, <c>user</c> or <c>assistant</c>.</param>
/// <param name="Text">What is said.</param>
public sealed record RenderedMessage(string Role, string Text);
