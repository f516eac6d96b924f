using Tidegate.Models.Chat;

namespace Tidegate.Models.Formats.OpenAiChat;

/// <summary>Words of <c>finish_reason</c>.</summary>
internal static class OpenAiChatFinish
{
    /// <summary>
    /// Reads the word. Two corrections: a forced call ends with <c>stop</c> (OpenAI) and some look-alikes never say <c>tool_calls</c>; and a model that declined in
    /// words ends with <c>stop</c> too. Look-alikes have words of their own for a clean end; one that is not known is taken for none.
    /// </summary>
    public static Finish Read(string word, bool hasCalls, bool hasRefusal) => new(word.ToLowerInvariant() switch
    {
        "stop" or "eos" or "eos_token" or "stop_token" or "stop_sequence" or "end_turn" or "complete" or "completed" => hasCalls ? FinishReason.ToolCalls : hasRefusal ? FinishReason.Refusal : FinishReason.Stop,
        "length" or "max_tokens" or "model_length" => FinishReason.Length,
        "tool_calls" or "tool_call" or "function_call" or "tool_use" => FinishReason.ToolCalls,
        "content_filter" or "sensitive" or "safety" => FinishReason.ContentFilter,
        "refusal" => FinishReason.Refusal,
        _ => FinishReason.Other,
    });

    /// <summary>Writes the word. A refusal without words of its own is the provider's doing: its filter. What is no clean end and has no word here is an answer that is not whole.</summary>
    public static string Write(Finish finish, bool hasRefusal) => finish.Reason switch
    {
        FinishReason.Length or FinishReason.Pause or FinishReason.Other => "length",
        FinishReason.ToolCalls => "tool_calls",
        FinishReason.ContentFilter => "content_filter",
        FinishReason.Refusal when !hasRefusal => "content_filter",
        _ => "stop",
    };
}
