using System.Globalization;
using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OllamaChat;

/// <summary>Reads <c>messages</c>, or the <c>prompt</c> of <c>/api/generate</c>.</summary>
internal sealed class OllamaMessageReader
{
    private readonly List<Message> _messages = [];
    private readonly List<(string Id, string Name)> _open = [];
    private int _calls;

    public static List<Message> Read(RequestObject fields)
    {
        var reader = new OllamaMessageReader();
        var any = false;
        foreach (var message in fields.Objects("messages", required: true))
        {
            any = true;
            reader.Add(message);
        }

        if (!any && fields.TryGet("messages", out var list) && list.ValueKind == JsonValueKind.Array) fields.Wrong("messages", "must have at least one message.");
        return reader._messages;
    }

    public static List<Message> ReadPrompt(RequestObject fields)
    {
        var messages = new List<Message>();
        if (fields.Text("system") is { Length: > 0 } system) messages.Add(new Message(MessageRole.System, [new TextPart(system)]));
        messages.Add(new Message(MessageRole.User, [new TextPart(fields.Text("prompt", required: true) ?? ""), .. ReadImages(fields)]));
        return messages;
    }

    private void Add(RequestObject message)
    {
        if (!message.Has("role")) message.Wrong("role", "is required: system, user, assistant or tool.");
        var text = message.Text("content") ?? "";
        switch (message.Word("role", "system", "developer", "user", "assistant", "tool"))
        {
            case "tool":
                List<Part> told = [new TextPart(text), .. ReadImages(message)];
                _messages.Add(new Message(MessageRole.Tool, [ReadResult(message, told)]));
                break;
            case "assistant":
                List<Part> said = [];
                if (message.Text("thinking") is { Length: > 0 } thinking) said.Add(new ReasoningPart(thinking));
                if (text.Length > 0) said.Add(new TextPart(text));
                foreach (var call in message.Objects("tool_calls"))
                    if (ReadCall(call) is { } read) said.Add(read);
                message.Ignore("images");
                _messages.Add(new Message(MessageRole.Assistant, said));
                break;
            case var role:
                List<Part> parts = [];
                if (text.Length > 0) parts.Add(new TextPart(text));
                parts.AddRange(ReadImages(message));
                _messages.Add(new Message(role switch { "system" => MessageRole.System, "developer" => MessageRole.Developer, _ => MessageRole.User }, parts));
                break;
        }

        message.TellRest();
    }

    private ToolCallPart? ReadCall(RequestObject call)
    {
        call.Ignore("type");
        if (call.Child("function", required: true) is not { } function) return null;
        var name = function.Text("name", required: true) ?? "";
        var arguments = function.TryGet("arguments", out var value) ? ToolArguments.Read(value) : "{}";
        var id = call.Text("id") is { Length: > 0 } own ? own : MadeCallIds.Make(_messages.Count.ToString(CultureInfo.InvariantCulture), name, _calls);
        function.Ignore("index");
        function.TellRest();
        call.TellRest();
        _calls++;
        _open.Add((id, name));
        return new ToolCallPart(id, name, arguments);
    }

    // By id; else by name; else it answers the first call that has no answer.
    private ToolResultPart ReadResult(RequestObject message, List<Part> parts)
    {
        var name = message.Text("tool_name") ?? message.Text("name");
        var id = message.Text("tool_call_id");
        var at = _open.FindIndex(c => id is { Length: > 0 } ? c.Id == id : name is null || c.Name == name);
        if (at < 0) return new ToolResultPart(id ?? MadeCallIds.Make("", name ?? "", _calls++), parts) { Name = name };
        var call = _open[at];
        _open.RemoveAt(at);
        return new ToolResultPart(call.Id, parts) { Name = name ?? call.Name };
    }

    private static IEnumerable<MediaPart> ReadImages(RequestObject owner)
    {
        foreach (var image in owner.Texts("images")) yield return new MediaPart(MediaKind.Image, MediaSniff.TypeOf(image), image, null);
    }
}
