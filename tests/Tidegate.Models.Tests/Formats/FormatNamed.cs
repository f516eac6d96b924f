using Tidegate.Models.Formats;
using Tidegate.Models.Formats.AnthropicMessages;
using Tidegate.Models.Formats.BedrockConverse;
using Tidegate.Models.Formats.CohereChat;
using Tidegate.Models.Formats.Gemini;
using Tidegate.Models.Formats.OllamaChat;
using Tidegate.Models.Formats.OpenAiChat;
using Tidegate.Models.Formats.OpenAiCompletions;
using Tidegate.Models.Formats.OpenAiResponses;

namespace Tidegate.Models.Tests.Formats;

/// <summary>Formats by the short words that rows of tests use.</summary>
internal static class FormatNamed
{
    public static IFaceFormat Face(string name) => (IFaceFormat)Target(name);

    public static ITargetFormat Target(string name) => name switch
    {
        "chat" => new OpenAiChatFormat(),
        "completions" => new OpenAiCompletionsFormat(),
        "responses" => new OpenAiResponsesFormat(),
        "anthropic" => new AnthropicMessagesFormat(),
        "gemini" => new GeminiFormat(),
        "bedrock" => new BedrockConverseFormat(),
        "cohere" => new CohereChatFormat(),
        "ollama" => new OllamaChatFormat(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no format has this name"),
    };
}
