using Tidegate.Models.Chat;

namespace Tidegate.Models.Formats.AnthropicMessages;

/// <summary>Reasons for the end of an answer.</summary>
internal static class AnthropicWords
{
    public static Finish ReadStop(string? reason, string? sequence) => reason switch
    {
        "end_turn" => new Finish(FinishReason.Stop),
        "stop_sequence" => new Finish(FinishReason.Stop, sequence),
        "max_tokens" or "model_context_window_exceeded" => new Finish(FinishReason.Length),
        "tool_use" => new Finish(FinishReason.ToolCalls),
        "pause_turn" => new Finish(FinishReason.Pause),
        "refusal" => new Finish(FinishReason.Refusal),
        _ => new Finish(FinishReason.Other),
    };

    public static string OfStop(Finish finish) => finish.Reason switch
    {
        FinishReason.Length or FinishReason.Other => "max_tokens",
        FinishReason.ToolCalls => "tool_use",
        FinishReason.Pause => "pause_turn",
        FinishReason.Refusal or FinishReason.ContentFilter => "refusal",
        FinishReason.Stop when finish.StopText is not null => "stop_sequence",
        _ => "end_turn",
    };
}
