namespace Tidegate.Models.Chat;

/// <summary>What the model thought before it answered.</summary>
/// <param name="Text">The thoughts or their summary; empty when hidden.</param>
public sealed record ReasoningPart(string Text) : Part
{
    /// <summary>The provider's signature over the thoughts; they are worth nothing to it without.</summary>
    public string? Signature { get; init; }

    /// <summary>Encrypted thoughts (Anthropic's <c>redacted_thinking</c>, OpenAI's <c>encrypted_content</c>).</summary>
    public string? Redacted { get; init; }

    /// <summary>Id the provider gave the block (OpenAI responses).</summary>
    public string? Id { get; init; }
}
