using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.AnthropicMessages;

/// <summary>Writes content blocks of requests.</summary>
internal sealed class AnthropicBlockWriter(Utf8JsonWriter json, FormatIssues issues)
{
    /// <summary>False for what the provider would refuse and nobody would miss: empty texts, thoughts it did not sign.</summary>
    public static bool SaysAnything(Part part) => part switch
    {
        TextPart text => text.Text.Length > 0,
        RefusalPart refusal => refusal.Text.Length > 0,
        ReasoningPart reasoning => IsOwn(reasoning),
        _ => true,
    };

    /// <summary>Thoughts that one of Anthropic's models signed.</summary>
    public static bool IsOwn(ReasoningPart reasoning) => SignatureOrigin.Own(reasoning.Signature ?? reasoning.Redacted, SignatureOrigin.Anthropic) is not null;

    public void Write(Part part, string path)
    {
        switch (part)
        {
            case TextPart text:
                WriteText(text.Text, part.CacheHint, text.Citations);
                break;
            case RefusalPart refusal:
                WriteText(refusal.Text, part.CacheHint, []);
                break;
            case ReasoningPart reasoning:
                WriteThinking(reasoning);
                break;
            case ToolCallPart call:
                Begin("tool_use");
                json.WriteString("id", PlainIds.Of(call.Id));
                json.WriteString("name", call.Name);
                json.WritePropertyName("input");
                ToolArguments.Write(json, call.Arguments);
                End(part);
                break;
            case ToolResultPart result:
                WriteResult(result, path);
                break;
            case MediaPart media:
                WriteMedia(media, path);
                break;
        }
    }

    private void Begin(string type)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
    }

    private void End(Part part)
    {
        CacheHints.Write(part.CacheHint, json);
        json.WriteEndObject();
    }

    private void WriteText(string text, string? hint, IReadOnlyList<Citation> citations)
    {
        Begin("text");
        json.WriteString("text", text);
        if (citations.Count > 0)
        {
            json.WriteStartArray("citations");
            foreach (var citation in citations) AnthropicCitations.Write(json, citation);
            json.WriteEndArray();
        }

        CacheHints.Write(hint, json);
        json.WriteEndObject();
    }

    private void WriteThinking(ReasoningPart reasoning)
    {
        if (SignatureOrigin.Own(reasoning.Redacted, SignatureOrigin.Anthropic) is { } redacted)
        {
            Begin("redacted_thinking");
            json.WriteString("data", redacted);
        }
        else
        {
            Begin("thinking");
            json.WriteString("thinking", reasoning.Text);
            json.WriteString("signature", SignatureOrigin.Own(reasoning.Signature, SignatureOrigin.Anthropic));
        }

        json.WriteEndObject();
    }

    private void WriteResult(ToolResultPart result, string path)
    {
        Begin("tool_result");
        json.WriteString("tool_use_id", PlainIds.Of(result.CallId));
        if (result.Parts is [TextPart { CacheHint: null } alone])
        {
            json.WriteString("content", alone.Text);
        }
        else
        {
            json.WriteStartArray("content");
            for (var i = 0; i < result.Parts.Count; i++)
                if (SaysAnything(result.Parts[i])) Write(result.Parts[i], $"{path}.parts[{i}]");
            json.WriteEndArray();
        }

        if (result.IsError) json.WriteBoolean("is_error", true);
        End(result);
    }

    private void WriteMedia(MediaPart media, string path)
    {
        if (AnthropicSource.Of(media, out var problem) is not { } source)
        {
            issues.Inexpressible(path, problem);
            return;
        }

        Begin(media.Kind == MediaKind.Image ? "image" : "document");
        source.Write(json);
        if (media.Kind == MediaKind.Document)
        {
            if (media.Name is { } title) json.WriteString("title", title);
            if (media.Context is { } context) json.WriteString("context", context);
            if (media.Cite) json.WriteRawField("citations", """{"enabled":true}""");
        }

        End(media);
    }
}
