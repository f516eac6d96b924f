using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.BedrockConverse;

/// <summary>Writes content blocks; a cache hint is a block of its own after its part.</summary>
internal sealed class BedrockBlockWriter(Utf8JsonWriter json, FormatIssues issues)
{
    private int _documents;

    /// <summary>False for what Bedrock would refuse and nobody would miss: texts of white space, thoughts that its models did not sign.</summary>
    public static bool SaysAnything(Part part) => part switch
    {
        TextPart text => !string.IsNullOrWhiteSpace(text.Text),
        RefusalPart refusal => !string.IsNullOrWhiteSpace(refusal.Text),
        ReasoningPart reasoning => SignatureOrigin.Own(reasoning.Signature ?? reasoning.Redacted, SignatureOrigin.Anthropic) is not null,
        _ => true,
    };

    public static void WriteCachePoint(Utf8JsonWriter json, string? hint)
    {
        if (hint is null) return;
        json.WriteStartObject();
        json.WriteStartObject("cachePoint");
        json.WriteString("type", "default");
        if (hint == "1h") json.WriteString("ttl", hint);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public void Write(Part part, string path)
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
                WriteThoughts(reasoning);
                break;
            case ToolCallPart call:
                json.WriteStartObject();
                json.WriteStartObject("toolUse");
                json.WriteString("toolUseId", PlainIds.Of(call.Id));
                json.WriteString("name", call.Name);
                json.WritePropertyName("input");
                ToolArguments.Write(json, call.Arguments);
                json.WriteEndObject();
                json.WriteEndObject();
                break;
            case ToolResultPart result:
                WriteResult(result, path);
                break;
            case MediaPart media:
                WriteMedia(media, path);
                break;
        }

        WriteCachePoint(json, part.CacheHint);
    }

    private void WriteText(string text)
    {
        json.WriteStartObject();
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private void WriteThoughts(ReasoningPart reasoning)
    {
        json.WriteStartObject();
        json.WriteStartObject("reasoningContent");
        if (SignatureOrigin.Own(reasoning.Redacted, SignatureOrigin.Anthropic) is { } redacted)
        {
            json.WriteString("redactedContent", redacted);
        }
        else
        {
            json.WriteStartObject("reasoningText");
            json.WriteString("text", reasoning.Text);
            json.WriteString("signature", SignatureOrigin.Own(reasoning.Signature, SignatureOrigin.Anthropic));
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteResult(ToolResultPart result, string path)
    {
        json.WriteStartObject();
        json.WriteStartObject("toolResult");
        json.WriteString("toolUseId", PlainIds.Of(result.CallId));
        json.WriteStartArray("content");
        for (var i = 0; i < result.Parts.Count; i++)
        {
            if (result.Parts[i] is TextPart text) WriteText(text.Text);
            else if (result.Parts[i] is MediaPart media) WriteMedia(media, $"{path}.parts[{i}]");
        }

        json.WriteEndArray();
        if (result.IsError) json.WriteString("status", "error");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteMedia(MediaPart media, string path)
    {
        var type = media.MediaType.Length > 0 ? media.MediaType : media.Data is null ? "" : MediaSniff.TypeOf(media.Data);
        var format = BedrockMedia.FormatOf(media.Kind, type, media.Url);
        var s3 = media.Url?.StartsWith("s3://", StringComparison.Ordinal) is true;
        if (format is null || (media.Data is null && !s3))
        {
            issues.Inexpressible(path, BedrockMedia.Legal(media.Kind));
            return;
        }

        json.WriteStartObject();
        json.WriteStartObject(media.Kind switch { MediaKind.Image => "image", MediaKind.Video => "video", MediaKind.Audio => "audio", _ => "document" });
        json.WriteString("format", format);
        if (media.Kind == MediaKind.Document) json.WriteString("name", BedrockMedia.NameOf(media.Name, ++_documents));
        json.WriteStartObject("source");
        if (s3)
        {
            json.WriteStartObject("s3Location");
            json.WriteString("uri", media.Url);
            json.WriteEndObject();
        }
        else
        {
            json.WriteString("bytes", media.Data);
        }

        json.WriteEndObject();
        if (media is { Kind: MediaKind.Document, Context: { } context }) json.WriteString("context", context);
        if (media is { Kind: MediaKind.Document, Cite: true }) json.WriteRawField("citations", """{"enabled":true}""");
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
