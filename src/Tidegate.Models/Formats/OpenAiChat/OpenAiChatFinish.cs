using Tidegate.Models.Chat;

namespace Tidegate.Models.Formats.OpenAiChat;

/// <summary>Words of <c>finish_reason</c>.</summary>
internal static class OpenAiChatFinish
{
    /// <summary>
    /// Reads the word. Two corrections: a forced call ends with <c>stop</c> (OpenAI) and some look-alikes never say <c>tool_calls</c>; and a model that declined in
    /// words ends with <c>stop</c> too.
    /// </summary>
    public static Finish Read(string word, bool hasCalls, bool hasRefusal) => new(word switch
    {
        "stop" or "eos" or "stop_sequence" or "end_turn" or "COMPLETE" when hasCalls => FinishReason.ToolCalls,
        "stop" or "eos" or "stop_sequence" or "end_turn" or "COMPLETE" when hasRefusal => FinishReason.Refusal,
        "stop" or "eos" or "stop_sequence" or "end_turn" or "COMPLETE" => FinishReason.Stop,
        "length" or "max_tokens" or "model_length" => FinishReason.Length,
        "tool_calls" or "function_call" or "tool_use" => FinishReason.ToolCalls,
        "content_filter" or "sensitive" => FinishReason.ContentFilter,
        "refusal" => FinishReason.Refusal,
        _ => FinishReason.Other,
    });

    /// <summary>Writes the word. A refusal without words of its own is the provider's doing: its filter.</summary>
    public static string Write(Finish finish, bool hasRefusal) => finish.Reason switch
    {
        FinishReason.Length => "length",
        FinishReason.ToolCalls => "tool_calls",
        FinishReason.ContentFilter => "content_filter",
        FinishReason.Refusal when !hasRefusal => "content_filter",
        _ => "stop",
    };
}
