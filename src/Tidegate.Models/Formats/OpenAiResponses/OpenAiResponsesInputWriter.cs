using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAi;

namespace Tidegate.Models.Formats.OpenAiResponses;

/// <summary>Writes the conversation as items.</summary>
internal sealed class OpenAiResponsesInputWriter(Utf8JsonWriter json, FormatIssues issues)
{
    private readonly OpenAiResponsesPartWriter _parts = new(json, issues);

    public void Write(IReadOnlyList<Message> messages)
    {
        json.WriteStartArray("input");
        for (var i = 0; i < messages.Count; i++)
        {
            var path = $"messages[{i}]";
            switch (messages[i].Role)
            {
                case MessageRole.Assistant:
                    WriteAssistant(messages[i].Parts, path);
                    break;
                case MessageRole.Tool:
                    for (var p = 0; p < messages[i].Parts.Count; p++) WriteResult(messages[i].Parts[p], $"{path}.parts[{p}]");
                    break;
                default:
                    json.WriteStartObject();
                    json.WriteString("type", "message");
                    json.WriteString("role", messages[i].Role switch { MessageRole.System => "system", MessageRole.Developer => "developer", _ => "user" });
                    _parts.WriteContent("content", messages[i].Parts, path);
                    json.WriteEndObject();
                    break;
            }
        }

        json.WriteEndArray();
    }

    // In the order it was said; texts side by side are one message.
    private void WriteAssistant(IReadOnlyList<Part> parts, string path)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            switch (parts[i])
            {
                case ToolCallPart call:
                    WriteCall(call);
                    break;
                case ReasoningPart thoughts:
                    WriteThoughts(thoughts);
                    break;
                case TextPart or RefusalPart:
                    var first = i;
                    while (i + 1 < parts.Count && parts[i + 1] is TextPart or RefusalPart) i++;
                    WriteSaid([.. parts.Skip(first).Take(i - first + 1)]);
                    break;
                default:
                    issues.Inexpressible($"{path}.parts[{i}]", "the model says text in this format");
                    break;
            }
        }
    }

    private void WriteSaid(IReadOnlyList<Part> parts)
    {
        json.WriteStartObject();
        json.WriteString("type", "message");
        json.WriteString("role", "assistant");
        json.WriteStartArray("content");
        foreach (var part in parts)
        {
            json.WriteStartObject();
            if (part is RefusalPart refusal)
            {
                json.WriteString("type", "refusal");
                json.WriteString("refusal", refusal.Text);
            }
            else if (part is TextPart text)
            {
                json.WriteString("type", "output_text");
                json.WriteString("text", text.Text);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteCall(ToolCallPart call)
    {
        json.WriteStartObject();
        json.WriteString("type", "function_call");
        json.WriteString("call_id", call.Id);
        json.WriteString("name", call.Name);
        json.WriteString("arguments", call.Arguments.Length == 0 ? "{}" : call.Arguments);
        json.WriteEndObject();
    }

    // Only what OpenAI encrypted itself means something to it; a summary alone is refused.
    private void WriteThoughts(ReasoningPart thoughts)
    {
        if (SignatureOrigin.Own(thoughts.Redacted, SignatureOrigin.OpenAi) is not { } encrypted) return;
        json.WriteStartObject();
        json.WriteString("type", "reasoning");
        if (thoughts.Id?.StartsWith("rs_", StringComparison.Ordinal) == true) json.WriteString("id", thoughts.Id);
        json.WriteStartArray("summary");
        if (thoughts.Text.Length > 0)
        {
            json.WriteStartObject();
            json.WriteString("type", "summary_text");
            json.WriteString("text", thoughts.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("encrypted_content", encrypted);
        json.WriteEndObject();
    }

    private void WriteResult(Part part, string path)
    {
        if (part is not ToolResultPart result)
        {
            issues.Inexpressible(path, "a message of a tool holds results only");
            return;
        }

        json.WriteStartObject();
        json.WriteString("type", "function_call_output");
        json.WriteString("call_id", result.CallId);
        _parts.WriteContent("output", OpenAiToolFailure.Tell(result), path);
        json.WriteEndObject();
    }
}
