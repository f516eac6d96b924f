using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.AnthropicMessages;

/// <summary>Reads <c>system</c> and <c>messages</c>. Tool results, which this format has in user messages, become messages of their own.</summary>
internal static class AnthropicMessageReader
{
    public static List<Message> Read(RequestObject fields)
    {
        var messages = new List<Message>();
        if (fields.Has("system"))
        {
            var parts = ReadContent(fields, "system", AnthropicBlockReader.ReadText);
            if (parts.Count > 0) messages.Add(new Message(MessageRole.System, parts));
        }

        var any = false;
        foreach (var message in fields.Objects("messages", required: true))
        {
            any = true;
            Add(message, messages);
        }

        if (!any && fields.TryGet("messages", out var list) && list.ValueKind == JsonValueKind.Array) fields.Wrong("messages", "must have at least one message.");
        if (CacheHints.Read(fields) is { } hint) HintLast(messages, hint);
        return messages;
    }

    /// <summary>A string, or an array of blocks.</summary>
    public static List<Part> ReadContent(RequestObject owner, string name, Func<RequestObject, Part?> read)
    {
        if (!owner.TryGet(name, out var content))
        {
            owner.Wrong(name, "is required: a string or an array of blocks.");
            return [];
        }

        if (content.ValueKind == JsonValueKind.String) return [new TextPart(JsonText.Read(content))];
        if (content.ValueKind != JsonValueKind.Array)
        {
            owner.Wrong(name, $"must be a string or an array of blocks, not {RequestObject.Kind(content)}.");
            return [];
        }

        var parts = new List<Part>();
        foreach (var block in owner.Objects(name))
        {
            if (read(block) is not { } part) continue;
            parts.Add(part with { CacheHint = CacheHints.Read(block) });
            block.TellRest();
        }

        return parts;
    }

    private static void Add(RequestObject message, List<Message> messages)
    {
        if (!message.Has("role")) message.Wrong("role", "is required: user or assistant.");
        var role = message.Word("role", "user", "assistant", "system") switch
        {
            "assistant" => MessageRole.Assistant,
            "system" => MessageRole.System,
            _ => MessageRole.User,
        };
        var parts = ReadContent(message, "content", AnthropicBlockReader.Read);
        message.TellRest();
        for (var from = 0; from < parts.Count;)
        {
            var to = from + 1;
            while (to < parts.Count && parts[to] is ToolResultPart == parts[from] is ToolResultPart) to++;
            messages.Add(new Message(parts[from] is ToolResultPart ? MessageRole.Tool : role, parts[from..to]));
            from = to;
        }
    }

    private static void HintLast(List<Message> messages, string hint)
    {
        if (messages.Count == 0) return;
        var last = messages[^1];
        messages[^1] = last with { Parts = [.. last.Parts.SkipLast(1), last.Parts[^1] with { CacheHint = last.Parts[^1].CacheHint ?? hint }] };
    }
}
