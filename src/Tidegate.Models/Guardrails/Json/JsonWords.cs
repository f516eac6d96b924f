using System.Text.Json;
using Tidegate.Models.Json;

namespace Tidegate.Models.Guardrails.Json;

/// <summary>Where texts stand in requests and answers of all faces, told by the names of properties.</summary>
internal static class JsonWords
{
    // Top level of requests: everything people or tools say. Tools, schemas and settings are the application's.
    private static readonly HashSet<string> RequestRoots = new(StringComparer.Ordinal)
    {
        "messages", "system", "contents", "systemInstruction", "system_instruction", "instructions", "prompt", "suffix", "input", "query", "documents", "content", "requests",
        "user", "metadata", "texts",
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

    /// <summary>What stands below a property of the top level.</summary>
    public static JsonRegion Root(string name, bool isAnswer)
    {
        if (!(isAnswer ? AnswerRoots : RequestRoots).Contains(name)) return JsonRegion.None;
        return name is "metadata" ? JsonRegion.Free : Instructions.Contains(name) ? JsonRegion.Instructions : Thoughts.Contains(name) ? JsonRegion.Thoughts : JsonRegion.Text;
    }

    /// <summary>What stands below a property further down.</summary>
    /// <param name="region">Region of the object.</param>
    /// <param name="name">Name of the property.</param>
    /// <param name="isTextSource">The object says of itself that its data are text (a plain document).</param>
    public static JsonRegion Child(JsonRegion region, string name, bool isTextSource)
    {
        if (region is JsonRegion.None or JsonRegion.Free) return region;
        if (name == "data") return isTextSource ? region : JsonRegion.None;
        if (Never.Contains(name)) return JsonRegion.None;
        if (name is "input" or "args" or "arguments" or "response") return JsonRegion.Free; // what tools are given and what they give
        return Thoughts.Contains(name) ? JsonRegion.Thoughts : region;
    }

    /// <summary>What an object says by its role or type.</summary>
    public static (bool IsInstruction, bool IsThought, bool IsTextSource) Look(Utf8JsonReader reader)
    {
        var (instruction, thought, text) = (false, false, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (role, type, thoughts) = (reader.Is("role"u8), reader.Is("type"u8), reader.Is("thought"u8));
            reader.Read();
            if (role && reader.TokenType == JsonTokenType.String) instruction = reader.Is("system"u8) || reader.Is("developer"u8);
            if (type && reader.TokenType == JsonTokenType.String)
            {
                text = reader.Is("text"u8);
                thought |= reader.Is("thinking"u8) || reader.Is("reasoning"u8);
            }

            if (thoughts) thought |= reader.TokenType == JsonTokenType.True;
            reader.Skip();
        }

        return (instruction, thought, text);
    }
}
