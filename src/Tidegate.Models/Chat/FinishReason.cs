namespace Tidegate.Models.Chat;

/// <summary>Reasons of <see cref="Finish"/>.</summary>
public enum FinishReason
{
    /// <summary>The model had said everything, or met a stop text.</summary>
    Stop,

    /// <summary>Token limit.</summary>
    Length,

    /// <summary>Tools are to be called.</summary>
    ToolCalls,

    /// <summary>The provider's filter cut or withheld it.</summary>
    ContentFilter,

    /// <summary>The model declined.</summary>
    Refusal,

    /// <summary>Pause of a long turn: the caller sends the conversation again to go on (Anthropic's <c>pause_turn</c>).</summary>
    Pause,

    /// <summary>A reason this version does not know, or no format but the provider's has (Gemini's <c>MALFORMED_FUNCTION_CALL</c>): callers are told that the answer is not whole.</summary>
    Other,
}
