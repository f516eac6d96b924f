using System.Text.Encodings.Web;
using System.Text.Json;
using Tidegate.Core.Prompts;
using Tidegate.Core.Resources.Prompts;

namespace Tidegate.Gateway.Models.Prompts;

/// <summary>Writes a rendered prompt as a chat request in OpenAI's words. Texts are values of JSON here: they cannot end a message or begin another.</summary>
internal static class PromptBody
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The request.</summary>
    public static ReadOnlyMemory<byte> Write(PromptVersionConfig config, IReadOnlyList<PromptMessage> messages, bool stream)
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WriteString("model"u8, config.Model);
            if (stream) json.WriteBoolean("stream"u8, true);
            json.WriteStartArray("messages"u8);
            foreach (var message in messages)
            {
                json.WriteStartObject();
                json.WriteString("role"u8, Role(message.Role));
                json.WriteString("content"u8, message.Text);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            WriteSettings(config, json);
            json.WriteEndObject();
        }

        return output.GetBuffer().AsMemory(0, (int)output.Length);
    }

    private static void WriteSettings(PromptVersionConfig config, Utf8JsonWriter json)
    {
        if (config.Temperature is { } temperature) json.WriteNumber("temperature"u8, temperature);
        if (config.TopP is { } topP) json.WriteNumber("top_p"u8, topP);
        if (config.MaxTokens is { } most) json.WriteNumber("max_tokens"u8, most);
        if (config.Seed is { } seed) json.WriteNumber("seed"u8, seed);
        if (config.ReasoningEffort is { } effort) json.WriteString("reasoning_effort"u8, effort);
        if (config.Stop.Count > 0)
        {
            json.WriteStartArray("stop"u8);
            foreach (var stop in config.Stop) json.WriteStringValue(stop);
            json.WriteEndArray();
        }

        if (config.Output is not { } schema) return;
        json.WriteStartObject("response_format"u8);
        json.WriteString("type"u8, "json_schema"u8);
        json.WriteStartObject("json_schema"u8);
        json.WriteString("name"u8, "output"u8);
        json.WritePropertyName("schema"u8);
        schema.WriteTo(json);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static ReadOnlySpan<byte> Role(PromptRole role) => role switch
    {
        PromptRole.System => "system"u8,
        PromptRole.Assistant => "assistant"u8,
        _ => "user"u8,
    };
}
