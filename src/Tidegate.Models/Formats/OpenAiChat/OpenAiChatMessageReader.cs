using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAi;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OpenAiChat;

/// <summary>Reads the messages of a request.</summary>
internal static class OpenAiChatMessageReader
{
    public static IReadOnlyList<Message> Read(RequestObject request)
    {
        var messages = new List<Message>();
        foreach (var fields in request.Objects("messages", required: true))
        {
            if (One(fields) is not { } message) continue;
            messages.Add(message);
            fields.TellRest();
        }

        if (messages.Count == 0 && !request.Issues.HasErrors) request.Wrong("messages", "must hold at least one message.");

        return messages;
    }

    private static Message? One(RequestObject fields)
    {
        var role = fields.RequiredText("role");
        var name = fields.Text("name");
        switch (role)
        {
            case "system":
                return new Message(MessageRole.System, OpenAiChatPartReader.Read(fields, required: true)) { Name = name };
            case "developer":
                return new Message(MessageRole.Developer, OpenAiChatPartReader.Read(fields, required: true)) { Name = name };
            case "user":
                return new Message(MessageRole.User, OpenAiChatPartReader.Read(fields, required: true)) { Name = name };
            case "assistant":
                // Look-alikes ask for their own answers back with these.
                fields.Ignore("annotations", "prefix", "partial");
                return new Message(MessageRole.Assistant, Assistant(fields)) { Name = name };
            case "tool":
                var id = fields.RequiredText("tool_call_id");
                return new Message(MessageRole.Tool, [new ToolResultPart(id, OpenAiChatPartReader.Read(fields, required: true)) { Name = name }]);
            case "function":
                return new Message(MessageRole.Tool, [new ToolResultPart(name ?? "", OpenAiChatPartReader.Read(fields, required: true))]);
            default:
                if (role.Length > 0) fields.Wrong("role", $"must be one of system, developer, user, assistant, tool, not '{RequestObject.Short(role)}'.");
                return null;
        }
    }

    private static List<Part> Assistant(RequestObject fields)
    {
        var parts = new List<Part>(OpenAiChatReasoningFields.ReadAll(fields.Text("reasoning_content") ?? fields.Text("reasoning"), fields.Any("reasoning_details")));
        fields.Ignore("reasoning");
        var content = OpenAiChatPartReader.Read(fields, required: false);
        // Most SDKs repeat an answer with an empty text beside its calls.
        parts.AddRange(content.Where(p => p is not TextPart { Text: "", CacheHint: null }));
        if (fields.Text("refusal") is { Length: > 0 } refusal) parts.Add(new RefusalPart(refusal));
        parts.AddRange(fields.Objects("tool_calls").Select(Call).OfType<Part>());
        if (fields.Child("function_call") is { } old) parts.Add(OldCall(old));
        if (parts.Count == 0 && content.Count > 0) parts.Add(content[0]);
        return parts;
    }

    // Before tool calls had ids there was one function call per answer, and its name said which one a result belongs to.
    private static ToolCallPart OldCall(RequestObject call)
    {
        var name = call.RequiredText("name");
        return new ToolCallPart(name, name, call.Text("arguments") ?? "{}");
    }

    private static ToolCallPart? Call(RequestObject call)
    {
        var id = call.RequiredText("id");
        if (call.Text("type") is { } type && type != "function")
        {
            call.Inexpressible("type", $"'{RequestObject.Short(type)}' calls have no counterpart in other formats");
            return null;
        }

        var signature = OpenAiThoughtMark.Read(call.Any("extra_content"));
        if (call.Child("function") is { } function)
            return new ToolCallPart(id, function.RequiredText("name"), function.Text("arguments") ?? "{}") { Signature = signature };
        call.Wrong("function", "is required: an object with name and arguments");
        return null;
    }
}
