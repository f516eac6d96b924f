using Tidegate.Core.Resources.Prompts;

namespace Tidegate.Core.Prompts;

/// <summary>A message of a prompt with its values in place.</summary>
/// <param name="Role">Who says it: as the document has it, whatever the values are.</param>
/// <param name="Text">What is said, without white space at its ends.</param>
public sealed record PromptMessage(PromptRole Role, string Text);
