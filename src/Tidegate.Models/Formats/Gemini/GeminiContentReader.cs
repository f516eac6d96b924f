using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.Gemini;

/// <summary>Reads <c>systemInstruction</c> and <c>contents</c>. Function calls without ids get some, and the responses that follow get those of their calls.</summary>
internal sealed class GeminiContentReader
{
    private readonly List<Message> _messages = [];
    private readonly List<(string Id, string Name)> _open = [];
    private int _calls;

    public static List<Message> Read(RequestObject fields)
    {
        var reader = new GeminiContentReader();
        if (fields.TryGet("systemInstruction", out var system) && system.ValueKind == JsonValueKind.String)
            reader._messages.Add(new Message(MessageRole.System, [new TextPart(JsonText.Read(system))]));
        else if (fields.Child("systemInstruction") is { } instruction) reader.Add(instruction, MessageRole.System);
        // One content alone and one string alone are what the vendor's SDKs take and never send: an array it must be.
        var any = false;
        foreach (var content in fields.Objects("contents", required: true))
        {
            any = true;
            reader.Add(content, content.Word("role", "user", "model", "function") == "model" ? MessageRole.Assistant : MessageRole.User);
        }

        if (!any && fields.TryGet("contents", out var list) && list.ValueKind == JsonValueKind.Array) fields.Wrong("contents", "must have at least one content.");
        return reader._messages;
    }

    private void Add(RequestObject content, MessageRole role)
    {
        content.Ignore("role");
        var parts = new List<Part>();
        foreach (var part in content.Objects("parts"))
        {
            if (ReadPart(part) is { } read) parts.Add(read);
            // A signature beside text is a mark of thoughts that are not shown.
            if (parts is [.., TextPart] && SignatureOrigin.Mark(part.Text("thoughtSignature"), SignatureOrigin.Gemini) is { } mark) parts.Add(new ReasoningPart("") { Signature = mark });
            part.TellRest();
        }

        content.TellRest();
        for (var from = 0; from < parts.Count;)
        {
            var to = from + 1;
            while (to < parts.Count && parts[to] is ToolResultPart == parts[from] is ToolResultPart) to++;
            _messages.Add(new Message(parts[from] is ToolResultPart ? MessageRole.Tool : role, parts[from..to]));
            from = to;
        }
    }

    private Part? ReadPart(RequestObject part)
    {
        var signature = SignatureOrigin.Mark(part.Text("thoughtSignature"), SignatureOrigin.Gemini);
        if (part.Has("text"))
        {
            var text = part.Text("text") ?? "";
            if (part.Flag("thought") is true || (signature is not null && text.Length == 0)) return new ReasoningPart(text) { Signature = signature };
            return new TextPart(text);
        }

        part.Ignore("thought", "videoMetadata", "mediaResolution");
        if (part.Child("functionCall") is { } call) return ReadCall(call) with { Signature = signature };
        if (part.Child("functionResponse") is { } response) return ReadResponse(response);
        if (ReadMedia(part) is { } media) return media;
        return signature is null ? null : new ReasoningPart("") { Signature = signature };
    }

    private ToolCallPart ReadCall(RequestObject call)
    {
        var name = call.Text("name", required: true) ?? "";
        var id = call.Text("id") ?? MadeCallIds.Make(_messages.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), name, _calls);
        _calls++;
        _open.Add((id, name));
        return new ToolCallPart(id, name, ToolArguments.Read(call.Child("args")?.Element ?? default));
    }

    private ToolResultPart ReadResponse(RequestObject response)
    {
        var name = response.Text("name", required: true) ?? "";
        var id = response.Text("id");
        var at = _open.FindIndex(c => id is null ? c.Name == name : c.Id == id);
        if (at >= 0)
        {
            id = _open[at].Id;
            _open.RemoveAt(at);
        }

        var value = response.Child("response", required: true)?.Element ?? default;
        var (text, isError) = GeminiToolResult.Read(value);
        var parts = new List<Part> { new TextPart(text) };
        foreach (var part in response.Objects("parts"))
            if (ReadMedia(part) is { } media) parts.Add(media);
        response.Ignore("willContinue", "scheduling");
        response.TellRest();
        return new ToolResultPart(id ?? MadeCallIds.Make("", name, _calls++), parts) { Name = name, IsError = isError };
    }

    private static MediaPart? ReadMedia(RequestObject part)
    {
        if (part.Child("inlineData") is { } inline)
        {
            var type = inline.Text("mimeType", required: true) ?? "";
            return new MediaPart(GeminiWords.KindOf(type), type, Plain(inline.Text("data", required: true) ?? ""), null) { Name = inline.Text("displayName") };
        }

        if (part.Child("fileData") is not { } file) return null;
        var mediaType = file.Text("mimeType") ?? "";
        var uri = file.Text("fileUri", required: true) ?? "";
        var kind = GeminiWords.KindOf(mediaType);
        return uri.StartsWith(GeminiWords.Files, StringComparison.Ordinal)
            ? new MediaPart(kind, mediaType, null, null) { FileId = uri, Name = file.Text("displayName") }
            : new MediaPart(kind, mediaType, null, uri) { Name = file.Text("displayName") };
    }

    // Google takes both alphabets of base64; others only the first.
    private static string Plain(string base64)
    {
        if (base64.AsSpan().IndexOfAny('-', '_') < 0) return base64;
        var plain = base64.Replace('-', '+').Replace('_', '/');
        return plain.PadRight((plain.Length + 3) / 4 * 4, '=');
    }
}
