namespace Tidegate.Core.Prompts.Templates;

/// <summary>Rendering was given up. The message is for the caller.</summary>
internal sealed class RenderLimitException(string message) : Exception(message);
