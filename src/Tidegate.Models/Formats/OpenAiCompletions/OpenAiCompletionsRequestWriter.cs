using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OpenAiCompletions;

/// <summary>Writes a request.</summary>
internal static class OpenAiCompletionsRequestWriter
{
    public static void Write(ChatRequest request, Utf8JsonWriter json, FormatIssues issues)
    {
        json.WriteStartObject();
        json.WriteString("model", request.Model);
        json.WriteString("prompt", Prompt(request.Messages, issues));
        json.Optional("temperature", request.Sampling.Temperature);
        json.Optional("top_p", request.Sampling.TopP);
        json.Optional("presence_penalty", request.Sampling.PresencePenalty);
        json.Optional("frequency_penalty", request.Sampling.FrequencyPenalty);
        json.Optional("seed", request.Sampling.Seed);
        json.Optional("stop", request.Stop);
        json.Optional("max_tokens", request.MaxTokens);
        if (request.Choices > 1) json.WriteNumber("n", request.Choices.Value);
        json.Optional("logprobs", request.Logprobs);
        json.Optional("user", request.User);
        if (request.Stream)
        {
            json.WriteBoolean("stream", true);
            json.WriteStartObject("stream_options");
            json.WriteBoolean("include_usage", true);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        if (request.Tools.Count > 0) issues.Inexpressible("tools", "this format has no tools");
        if (request.Output is not null) issues.Inexpressible("output", "this format gives free text");
        if (request.Sampling.TopK is not null) issues.Inexpressible("sampling.top_k", "this format has no such field");
        if (request.Reasoning is { Budget: not 0 }) issues.Inexpressible("reasoning", "models of this format do not think");
    }

    // Only the model's own template could make one text of a conversation.
    private static string Prompt(IReadOnlyList<Message> messages, FormatIssues issues)
    {
        if (messages is not [{ Role: MessageRole.User } only]) issues.Inexpressible("messages", "this format takes one message of the user");
        else if (only.Parts.Any(p => p is not TextPart)) issues.Inexpressible("messages[0].parts", "this format takes text");
        return string.Concat(messages.Where(m => m.Role == MessageRole.User).TakeLast(1).SelectMany(m => m.Parts).OfType<TextPart>().Select(t => t.Text));
    }
}
