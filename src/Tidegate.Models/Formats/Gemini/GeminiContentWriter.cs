using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.Gemini;

/// <summary>
/// Writes <c>systemInstruction</c> and <c>contents</c>. Instructions stand apart wherever they stood; all results of one turn's calls are one content, for the format
/// wants as many responses as there were calls.
/// </summary>
internal sealed class GeminiContentWriter(Utf8JsonWriter json, FormatIssues issues)
{
    private readonly Dictionary<string, string> _names = [];

    public void Write(IReadOnlyList<Message> messages)
    {
        foreach (var call in messages.SelectMany(m => m.Parts).OfType<ToolCallPart>()) _names[call.Id] = call.Name;
        var turns = Turns.Of(messages, SaysAnything, toolsApart: true, "Gemini", issues);
        if (turns.System.Count > 0)
        {
            json.WriteStartObject("systemInstruction");
            WriteParts(turns.System);
            json.WriteEndObject();
        }

        json.WriteStartArray("contents");
        foreach (var (role, parts) in turns.All)
        {
            json.WriteStartObject();
            json.WriteString("role", role == MessageRole.Assistant ? "model" : "user");
            WriteParts(parts);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static bool SaysAnything(Part part) => part switch
    {
        TextPart text => text.Text.Length > 0,
        RefusalPart refusal => refusal.Text.Length > 0,
        ReasoningPart reasoning => SignatureOrigin.Own(reasoning.Signature, SignatureOrigin.Gemini) is not null,
        _ => true,
    };

    private void WriteParts(List<(Part Part, string Path)> parts)
    {
        json.WriteStartArray("parts");
        foreach (var (part, path) in parts) Write(part, path);
        json.WriteEndArray();
    }

    private void Write(Part part, string path)
    {
        switch (part)
        {
            case TextPart text:
                WriteText(text.Text);
                break;
            case RefusalPart refusal:
                WriteText(refusal.Text);
                break;
            case ReasoningPart reasoning:
                json.WriteStartObject();
                json.WriteString("text", reasoning.Text);
                if (reasoning.Text.Length > 0) json.WriteBoolean("thought", true);
                WriteSignature(reasoning.Signature);
                json.WriteEndObject();
                break;
            case ToolCallPart call:
                json.WriteStartObject();
                json.WriteStartObject("functionCall");
                if (call.Id.Length > 0 && !MadeCallIds.IsMade(call.Id)) json.WriteString("id", call.Id);
                json.WriteString("name", call.Name);
                json.WritePropertyName("args");
                ToolArguments.Write(json, call.Arguments);
                json.WriteEndObject();
                WriteSignature(call.Signature);
                json.WriteEndObject();
                break;
            case ToolResultPart result:
                WriteResult(result, path);
                break;
            case MediaPart media:
                WriteMedia(media, path);
                break;
        }
    }

    private void WriteText(string text)
    {
        json.WriteStartObject();
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private void WriteSignature(string? signature)
    {
        if (SignatureOrigin.Own(signature, SignatureOrigin.Gemini) is { } own) json.WriteString("thoughtSignature", own);
    }

    private void WriteResult(ToolResultPart result, string path)
    {
        json.WriteStartObject();
        json.WriteStartObject("functionResponse");
        if (result.CallId.Length > 0 && !MadeCallIds.IsMade(result.CallId)) json.WriteString("id", result.CallId);
        // Other formats name a result by its call only.
        json.WriteString("name", result.Name ?? _names.GetValueOrDefault(result.CallId, result.CallId));
        GeminiToolResult.Write(json, string.Join("\n", result.Parts.OfType<TextPart>().Select(p => p.Text)), result.IsError);
        if (result.Parts.Any(p => p is MediaPart))
        {
            json.WriteStartArray("parts");
            for (var i = 0; i < result.Parts.Count; i++)
                if (result.Parts[i] is MediaPart media) WriteMedia(media, $"{path}.parts[{i}]");
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteMedia(MediaPart media, string path)
    {
        var type = media.MediaType.Length > 0 || media.Data is null ? GeminiWords.TypeOf(media) : MediaSniff.TypeOf(media.Data);
        var uri = media.Url ?? (media.FileId?.StartsWith(GeminiWords.Files, StringComparison.Ordinal) is true ? media.FileId : null);
        if (media.Cite) issues.Inexpressible(path, "Gemini does not cite documents of the conversation.");
        if ((media.Data is null && uri is null) || type.Length == 0)
        {
            issues.Inexpressible(path, "Gemini takes media as base64 with a media type, by address, or as a file uploaded to it.");
            return;
        }

        json.WriteStartObject();
        json.WriteStartObject(media.Data is null ? "fileData" : "inlineData");
        json.WriteString("mimeType", type);
        if (media.Data is { } data) json.WriteString("data", data);
        else json.WriteString("fileUri", uri);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
