using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAi;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OpenAiResponses;

/// <summary>
/// Reads <c>instructions</c> and <c>input</c>. What the model said in one turn is several items here (thoughts, message, calls) and one message in neutral words.
/// </summary>
internal static class OpenAiResponsesInputReader
{
    public static IReadOnlyList<Message> Read(RequestObject request)
    {
        var messages = new List<Message>();
        if (request.Text("instructions") is { Length: > 0 } instructions) messages.Add(new Message(MessageRole.System, [new TextPart(instructions)]));
        var input = request.Any("input");
        switch (input.ValueKind)
        {
            case JsonValueKind.String:
                messages.Add(new Message(MessageRole.User, [new TextPart(JsonText.Read(input))]));
                break;
            case JsonValueKind.Array:
                foreach (var item in request.Objects("input"))
                {
                    if (Item(item) is not { } message) continue;
                    Add(messages, message);
                    // Ids and states of answers that callers send back as they got them.
                    item.Ignore("id", "status", "phase", "type", "created_by");
                    item.TellRest();
                }

                break;
            case JsonValueKind.Undefined:
                request.Wrong("input", "is required: a string or a list of items.");
                break;
            default:
                request.Wrong("input", $"must be a string or a list of items, not {RequestObject.Kind(input)}.");
                break;
        }

        return messages;
    }

    private static void Add(List<Message> messages, Message message)
    {
        if (message.Role == MessageRole.Assistant && messages is [.., { Role: MessageRole.Assistant } last]) messages[^1] = last with { Parts = [.. last.Parts, .. message.Parts] };
        else messages.Add(message);
    }

    private static Message? Item(RequestObject item)
    {
        var type = item.Text("type") ?? "message";
        switch (type)
        {
            case "message":
                return OfRole(item);
            case "function_call":
                return new Message(MessageRole.Assistant,
                    [new ToolCallPart(item.RequiredText("call_id"), item.RequiredText("name"), item.RequiredText("arguments")) { Signature = OpenAiThoughtMark.Read(item.Any("extra_content")) }]);
            case "function_call_output":
                return new Message(MessageRole.Tool, [new ToolResultPart(item.RequiredText("call_id"), OpenAiResponsesPartReader.Read(item, "output"))]);
            case "reasoning":
                return new Message(MessageRole.Assistant, [OpenAiResponsesReasoning.Read(item)]);
            default:
                item.Inexpressible("type", $"items of type '{RequestObject.Short(type)}' have no counterpart in other formats");
                return null;
        }
    }

    private static Message? OfRole(RequestObject item)
    {
        var role = item.RequiredText("role");
        MessageRole? known = role switch
        {
            "user" => MessageRole.User,
            "assistant" => MessageRole.Assistant,
            "system" => MessageRole.System,
            "developer" => MessageRole.Developer,
            _ => null,
        };
        if (known is { } found) return new Message(found, OpenAiResponsesPartReader.Read(item, "content"));
        if (role.Length > 0) item.Wrong("role", $"must be one of user, assistant, system, developer, not '{RequestObject.Short(role)}'.");
        return null;
    }
}
