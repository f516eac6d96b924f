namespace Tidegate.Gateway.Models.Prompts;

/// <summary>What is at a path: a prompt, one version of it, or the description of either.</summary>
/// <param name="prompt">The prompt.</param>
/// <param name="pinned">The version; null for the one in force.</param>
internal sealed class PromptAddress(PromptModel prompt, PromptVersionModel? pinned)
{
    private byte[]? _document;

    /// <summary>The prompt.</summary>
    public PromptModel Prompt { get; } = prompt;

    /// <summary>The version; null for the one in force.</summary>
    public PromptVersionModel? Pinned { get; } = pinned;

    /// <summary>Path that is described here; null where the prompt itself is.</summary>
    public string? Described { get; init; }

    /// <summary>The OpenAPI document. Made when somebody asks; twice, when two ask at once.</summary>
    public ReadOnlyMemory<byte> Document => _document ??= PromptDescription.Write(Pinned ?? Prompt.Released, Described!);
}
