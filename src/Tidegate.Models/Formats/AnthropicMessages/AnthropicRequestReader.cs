using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.AnthropicMessages;

/// <summary>Reads a caller's <c>/v1/messages</c> or <c>/v1/messages/count_tokens</c> request.</summary>
internal static class AnthropicRequestReader
{
    // How the provider serves the call, not what it answers.
    private static readonly string[] Hints = ["anthropic_beta", "speed", "diagnostics"];

    public static ChatRequest? Read(JsonElement body, FormatIssues issues, AnthropicPlace place, bool counting)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            issues.Error("", $"The request must be a JSON object, not {RequestObject.Kind(body)}.");
            return null;
        }

        var fields = new RequestObject(body, "", issues);
        var (choice, parallel) = ReadToolChoice(fields);
        var request = new ChatRequest
        {
            Model = fields.Text("model", required: place == AnthropicPlace.Anthropic) ?? "",
            Messages = AnthropicMessageReader.Read(fields),
            Tools = ReadTools(fields),
            ToolChoice = choice,
            ParallelToolCalls = parallel,
            MaxTokens = fields.Count("max_tokens"),
            Stop = fields.Texts("stop_sequences"),
            Stream = fields.Flag("stream") ?? false,
            StreamUsage = true,
            Sampling = new Sampling { Temperature = fields.Number("temperature", 0, 1), TopP = fields.Number("top_p", 0, 1), TopK = fields.Count("top_k") },
            User = ReadUser(fields),
            Reasoning = AnthropicThinking.Read(fields),
            Output = ReadOutput(fields),
        };
        if (!counting && !fields.Has("max_tokens")) fields.Wrong("max_tokens", "is required: the most tokens to answer with.");
        fields.Ignore("anthropic_version");
        fields.Hint(Hints);
        fields.HintUnless("service_tier", v => v.Is("auto"));
        fields.TellRest();
        return issues.HasErrors ? null : request;
    }

    private static string? ReadUser(RequestObject fields)
    {
        if (fields.Child("metadata") is not { } metadata) return null;
        var user = metadata.Text("user_id");
        metadata.TellRest();
        return user;
    }

    private static List<ToolDefinition> ReadTools(RequestObject fields)
    {
        var tools = new List<ToolDefinition>();
        foreach (var tool in fields.Objects("tools"))
        {
            if (tool.Text("type") is { } type and not "custom")
            {
                fields.Issues.Inexpressible(tool.At("type"), $"\"{RequestObject.Short(type)}\" is a tool that Anthropic defines or runs; other providers have none like it.");
                continue;
            }

            var schema = tool.Child("input_schema", required: true)?.Element ?? default;
            tools.Add(new ToolDefinition(tool.Text("name", required: true) ?? "", tool.Text("description"), schema)
            {
                Strict = tool.Flag("strict"),
                CacheHint = CacheHints.Read(tool),
            });
            tool.Ignore("eager_input_streaming", "defer_loading");
            tool.TellRest();
        }

        return tools;
    }

    private static (ToolChoice? Choice, bool? Parallel) ReadToolChoice(RequestObject fields)
    {
        if (fields.Child("tool_choice") is not { } choice) return default;
        if (!choice.Has("type")) choice.Wrong("type", "is required: auto, any, tool or none.");
        ToolChoice? read = choice.Word("type", "auto", "any", "tool", "none") switch
        {
            "auto" => new ToolChoice(ToolChoiceMode.Auto),
            "any" => new ToolChoice(ToolChoiceMode.Required),
            "tool" => new ToolChoice(ToolChoiceMode.Named, choice.Text("name", required: true)),
            "none" => new ToolChoice(ToolChoiceMode.None),
            _ => null,
        };
        bool? parallel = choice.Flag("disable_parallel_tool_use") is true ? false : null;
        choice.TellRest();
        return (read, parallel);
    }

    // Both spellings: output_config.format, and output_format of the beta before it.
    private static OutputShape? ReadOutput(RequestObject fields)
    {
        var format = fields.Child("output_config")?.Child("format") ?? fields.Child("output_format");
        if (format is null) return null;
        if (format.Word("type", "json_schema") is null) return null;
        return new OutputShape(format.Text("name"), format.Child("schema", required: true)?.Element ?? default);
    }
}
