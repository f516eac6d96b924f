using System.Text.Json;
using Tidegate.Models.Json;

namespace Tidegate.Models.Guardrails.Json;

/// <summary>Where texts stand in requests and answers of all faces, told by the names of properties.</summary>
internal static class JsonWords
{
    // Top level of requests: what the application sets, defines or refers to. Everything else is looked at, also what is not known: it may say anything.
    private static readonly HashSet<string> Settings = new(StringComparer.Ordinal)
    {
        "model", "models", "stream", "stream_options", "tools", "tool_choice", "functions", "function_call", "toolConfig", "tool_config", "mcp_servers", "container", "plugins", "include",
        "response_format", "format", "output_config", "output_format", "safetySettings", "safety_settings", "cachedContent", "cached_content", "cache_control", "thinking",
        "reasoning", "reasoning_effort", "think", "verbosity", "modalities", "audio", "voice", "size", "quality", "style", "background", "moderation", "encoding_format", "truncation", "service_tier", "serviceTier",
        "speed", "keep_alive", "images", "input_type", "embedding_types", "taskType", "task_type", "anthropic_version", "anthropic_beta", "previous_response_id", "prompt_cache_retention", "provider", "route", "transforms",
        "guided_json", "guided_regex", "guided_choice", "guided_grammar", "structured_outputs", "grammar", "json_schema", "chat_template",
    };

    // Settings with texts among them: those that end an answer come from the conversation.
    private static readonly HashSet<string> MixedSettings = new(StringComparer.Ordinal) { "generationConfig", "generation_config", "options" };

    // Top level of requests whose words of protocols are known.
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "messages", "system", "contents", "systemInstruction", "system_instruction", "instructions", "prompt", "suffix", "input", "query", "content", "requests", "prediction", "text", "texts",
        "web_search_options", "conversation",
    };

    // Top level of answers: chat, responses, messages, Gemini, Ollama, prompts.
    private static readonly HashSet<string> AnswerRoots = new(StringComparer.Ordinal) { "choices", "output", "content", "candidates", "message", "response", "thinking", "results", "text" };

    // Words of protocols, references and bytes: not texts, wherever they stand.
    private static readonly HashSet<string> Never = new(StringComparer.Ordinal)
    {
        "type", "role", "id", "call_id", "tool_call_id", "tool_use_id", "name", "tool_name", "model", "object", "status", "index", "url", "image_url", "video_url", "file_id", "file_data", "file_url",
        "fileData", "file_data", "inlineData", "inline_data", "media_type", "mime_type", "mimeType", "signature", "thoughtSignature", "thought_signature", "encrypted_content", "encrypted_index",
        "cache_control", "detail", "format", "finish_reason", "finishReason", "stop_reason", "stop_sequence", "images", "input_audio", "audio", "usage", "logprobs", "logprobsResult",
        "safetyRatings", "filename", "file_name",
    };

    private static readonly HashSet<string> Thoughts = new(StringComparer.Ordinal) { "thinking", "reasoning", "reasoning_content", "reasoning_details", "summary" };

    private static readonly HashSet<string> Instructions = new(StringComparer.Ordinal) { "system", "systemInstruction", "system_instruction", "instructions" };

    /// <summary>Token texts beside the text; they would spell what is masked.</summary>
    public static bool IsLogprobs(string name) => name is "logprobs" or "logprobsResult";

    /// <summary>A whole request inside another: its properties are those of a top level.</summary>
    public static bool IsRequest(string name) => name is "generateContentRequest" or "generate_content_request";

    /// <summary>What stands below a property of the top level.</summary>
    public static JsonRegion Root(string name, bool isAnswer)
    {
        if (isAnswer ? !AnswerRoots.Contains(name) : Settings.Contains(name)) return JsonRegion.None;
        if (!isAnswer && MixedSettings.Contains(name)) return JsonRegion.Settings;
        if (Known.Contains(name) || isAnswer) return Instructions.Contains(name) ? JsonRegion.Instructions : Thoughts.Contains(name) ? JsonRegion.Thoughts : JsonRegion.Text;
        return name is "metadata" or "labels" ? JsonRegion.Free : JsonRegion.Unknown;
    }

    /// <summary>What stands below a property further down.</summary>
    /// <param name="region">Region of the object.</param>
    /// <param name="name">Name of the property.</param>
    /// <param name="isTextSource">The object says of itself that its data are text (a plain document).</param>
    /// <param name="isSpeaker">The object is what somebody says: its name is theirs.</param>
    public static JsonRegion Child(JsonRegion region, string name, bool isTextSource, bool isSpeaker)
    {
        if (region is JsonRegion.None or JsonRegion.Free or JsonRegion.Unknown) return region;
        if (region is JsonRegion.Settings) return name is "stop" or "stopSequences" or "stop_sequences" ? JsonRegion.Text : JsonRegion.None;
        if (isSpeaker && name == "name") return region;
        if (name == "data") return isTextSource ? region : JsonRegion.None;
        if (Never.Contains(name)) return JsonRegion.None;
        if (name is "input" or "args" or "arguments" or "response") return JsonRegion.Free; // what tools are given and what they give
        return Thoughts.Contains(name) ? JsonRegion.Thoughts : region;
    }

    /// <summary>What an object says by its role or type.</summary>
    public static (bool IsInstruction, bool IsThought, bool IsTextSource, bool IsSpeaker) Look(Utf8JsonReader reader)
    {
        var (instruction, thought, text, speaker) = (false, false, false, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (role, type, thoughts) = (reader.Is("role"u8), reader.Is("type"u8), reader.Is("thought"u8));
            reader.Read();
            if (role && reader.TokenType == JsonTokenType.String)
            {
                instruction = reader.Is("system"u8) || reader.Is("developer"u8);
                speaker = !reader.Is("tool"u8) && !reader.Is("function"u8); // theirs is a function's
            }

            if (type && reader.TokenType == JsonTokenType.String)
            {
                text = reader.Is("text"u8);
                thought |= reader.Is("thinking"u8) || reader.Is("reasoning"u8);
            }

            if (thoughts) thought |= reader.TokenType == JsonTokenType.True;
            reader.Skip();
        }

        return (instruction, thought, text, speaker);
    }
}
