namespace Tidegate.Models.Formats.OpenAiChat;

/// <summary>Ways of <see cref="OpenAiChatQuirks.Reasoning"/>.</summary>
public enum OpenAiChatReasoning
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary><c>reasoning_effort</c>.</summary>
    Effort,

    /// <summary>An object <c>reasoning</c> with <c>effort</c>, <c>max_tokens</c> and <c>exclude</c> (OpenRouter).</summary>
    Settings,
}
