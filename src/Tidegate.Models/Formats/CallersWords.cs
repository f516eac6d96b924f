using System.Text.RegularExpressions;

namespace Tidegate.Models.Formats;

/// <summary>
/// What a caller calls a field that no target's format can express: formats are translated over neutral words (<c>sampling.seed</c>), which no caller has ever written.
/// Where turns are counted otherwise than in the caller's request, only the list is named.
/// </summary>
internal static partial class CallersWords
{
    private static readonly Dictionary<string, string> Chat = new(StringComparer.Ordinal)
    {
        ["choices"] = "n", ["output"] = "response_format", ["output.schema"] = "response_format.json_schema.schema", ["toolChoice"] = "tool_choice", ["parallelToolCalls"] = "parallel_tool_calls",
        ["reasoning"] = "reasoning_effort",
    };

    private static readonly Dictionary<string, string> Responses = new(StringComparer.Ordinal)
    {
        ["output"] = "text.format", ["output.schema"] = "text.format.schema", ["toolChoice"] = "tool_choice", ["parallelToolCalls"] = "parallel_tool_calls", ["messages"] = "input",
        ["logprobs"] = "top_logprobs",
    };

    private static readonly Dictionary<string, string> Anthropic = new(StringComparer.Ordinal)
    {
        ["stop"] = "stop_sequences", ["output"] = "output_config.format", ["output.schema"] = "output_config.format.schema", ["toolChoice"] = "tool_choice",
        ["parallelToolCalls"] = "tool_choice.disable_parallel_tool_use", ["reasoning"] = "thinking", ["user"] = "metadata.user_id",
    };

    private static readonly Dictionary<string, string> Gemini = new(StringComparer.Ordinal)
    {
        ["choices"] = "generationConfig.candidateCount", ["stop"] = "generationConfig.stopSequences", ["output"] = "generationConfig.responseSchema", ["output.schema"] = "generationConfig.responseSchema",
        ["toolChoice"] = "toolConfig.functionCallingConfig", ["reasoning"] = "generationConfig.thinkingConfig", ["logprobs"] = "generationConfig.logprobs", ["messages"] = "contents", ["purpose"] = "taskType",
        ["inputs"] = "content",
    };

    private static readonly Dictionary<string, string> Ollama = new(StringComparer.Ordinal)
    {
        ["stop"] = "options.stop", ["output"] = "format", ["output.schema"] = "format", ["reasoning"] = "think", ["inputs"] = "input",
    };

    /// <summary>The field in the words of a face.</summary>
    /// <param name="face">Word of the format the caller speaks.</param>
    /// <param name="field">Path in neutral words, or one the caller wrote already, which stays as it is.</param>
    public static string Of(string face, string field)
    {
        var (words, isChat) = face switch
        {
            "openai_responses" => (Responses, false),
            "anthropic_messages" => (Anthropic, false),
            "gemini" or "gemini_embeddings" => (Gemini, false),
            "ollama_chat" or "ollama_generate" or "ollama_embed" => (Ollama, false),
            _ => (Chat, true),
        };
        if (words.TryGetValue(field, out var own)) return own;
        if (field.StartsWith("sampling.", StringComparison.Ordinal)) return Sampling(words, field["sampling.".Length..]);
        if (field.StartsWith("inputs[", StringComparison.Ordinal)) return words.GetValueOrDefault("inputs", "input") + field["inputs".Length..];
        if (isChat && field.StartsWith("tools[", StringComparison.Ordinal)) return field.Replace("].strict", "].function.strict", StringComparison.Ordinal);
        if (!Turns().IsMatch(field)) return field;
        return isChat ? field.Replace(".parts[", ".content[", StringComparison.Ordinal).Replace("].detail", "].image_url.detail", StringComparison.Ordinal) : words.GetValueOrDefault("messages", "messages");
    }

    private static string Sampling(Dictionary<string, string> words, string name)
    {
        var camel = SnakePart().Replace(name, static m => m.Groups["letter"].Value.ToUpperInvariant());
        if (ReferenceEquals(words, Gemini)) return $"generationConfig.{camel}";
        var snake = Capital().Replace(camel, static m => "_" + m.Value.ToLowerInvariant());
        return ReferenceEquals(words, Ollama) ? $"options.{snake}" : snake;
    }

    // Paths of neutral words; a caller's own have other names behind the index.
    [GeneratedRegex(@"^messages\[[0-9]+\]\.(parts(\[|$)|name$)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex Turns();

    [GeneratedRegex("_(?<letter>[a-z])", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex SnakePart();

    [GeneratedRegex("[A-Z]", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex Capital();
}
