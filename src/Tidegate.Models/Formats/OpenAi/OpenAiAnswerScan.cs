using System.Runtime.InteropServices;
using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OpenAi;

/// <summary>
/// Model and usage of a whole answer that passes through unchanged (chat, completions, embeddings, moderations, images, rerank): one pass over its bytes, all else
/// skipped unread.
/// </summary>
public static class OpenAiAnswerScan
{
    /// <summary>What is there; nothing for bytes that are no JSON object. Never throws.</summary>
    public static OpenAiAnswerSigns Read(ReadOnlySpan<byte> body)
    {
        string? model = null;
        var usage = default(OpenAiUsageNumbers);
        var isError = false;
        try
        {
            var json = new Utf8JsonReader(body);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return default;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.Is("model"u8))
                {
                    json.Read();
                    if (json.TokenType == JsonTokenType.String) model = Name(ref json);
                    else json.Skip();
                }
                else if (json.Is("usage"u8))
                {
                    json.Read();
                    usage.Read(ref json);
                }
                else if (json.Is("error"u8))
                {
                    json.Read();
                    isError |= json.TokenType is JsonTokenType.StartObject or JsonTokenType.String;
                    json.Skip();
                }
                else
                {
                    json.Skip();
                }
            }
        }
        catch (JsonException)
        {
            // Half an answer: what came before the break is right.
        }

        return new OpenAiAnswerSigns(model, usage.ToUsage(), isError);
    }

    private static string? Name(ref Utf8JsonReader json)
    {
        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}

/// <summary>What <see cref="OpenAiAnswerScan"/> found.</summary>
/// <param name="Model">Model that answered; null when it is not said.</param>
/// <param name="Usage">Tokens; null when they are not said.</param>
/// <param name="IsError">The answer is an error in spite of its status.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct OpenAiAnswerSigns(string? Model, Usage? Usage, bool IsError);
