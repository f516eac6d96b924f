using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAi;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OpenAiResponses;

/// <summary>Reads a request of the responses API.</summary>
internal static class OpenAiResponsesRequestReader
{
    // For OpenAI's own caches, dashboards and abuse desk: an answer is the same without them.
    private static readonly string[] Hints = ["metadata", "prompt_cache_key", "prompt_cache_retention"];

    public static ChatRequest? Read(JsonElement body, FormatIssues issues)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            issues.Error("", $"the request must be an object, not {RequestObject.Kind(body)}.");
            return null;
        }

        var fields = new RequestObject(body, "", issues);
        var include = fields.Texts("include");
        var text = fields.Child("text");
        var request = new ChatRequest
        {
            Model = fields.RequiredText("model"),
            Messages = OpenAiResponsesInputReader.Read(fields),
            Tools = [.. fields.Objects("tools").Select(Tool).OfType<ToolDefinition>()],
            ToolChoice = OpenAiToolChoice.Read(fields, "tool_choice", nested: false),
            ParallelToolCalls = fields.Flag("parallel_tool_calls"),
            Sampling = new Sampling { Temperature = fields.Number("temperature", 0, 2), TopP = fields.Number("top_p", 0, 1) },
            MaxTokens = fields.Count("max_output_tokens", 1),
            Output = text?.Child("format") is { } format ? OutputOf(format) : null,
            Reasoning = fields.Child("reasoning") is { } reasoning ? ReasoningOf(reasoning) : null,
            Logprobs = include.Contains("message.output_text.logprobs", StringComparer.Ordinal) ? fields.Count("top_logprobs", 0, 20) ?? 0 : null,
            Stream = fields.Flag("stream") ?? false,
            // This format tells usage at the end of every stream.
            StreamUsage = true,
            User = UserOf(fields),
        };
        text?.IgnoreIf("verbosity", v => v.Is("medium"));
        text?.TellRest();
        TellInclude(include, fields);
        fields.Ignore("top_logprobs", "stream_options", "store"); // who keeps the conversation is the gateway's matter
        fields.Hint(Hints);
        fields.IgnoreIf("background", v => v.ValueKind == JsonValueKind.False);
        fields.IgnoreIf("truncation", v => v.Is("disabled"));
        fields.HintUnless("service_tier", v => v.Is("auto") || v.Is("default"));
        fields.TellRest();
        return issues.HasErrors ? null : request;
    }

    private static string? UserOf(RequestObject fields)
    {
        var safety = fields.Text("safety_identifier");
        if (fields.Text("user") is not { } user) return safety;
        fields.Hint("safety_identifier");
        return user;
    }

    // Encrypted thoughts come back in any case; the other words name outputs of tools that only OpenAI runs.
    private static void TellInclude(IReadOnlyList<string> include, RequestObject fields)
    {
        for (var i = 0; i < include.Count; i++)
        {
            if (include[i] is not ("reasoning.encrypted_content" or "message.output_text.logprobs"))
                fields.Issues.Inexpressible($"{fields.At("include")}[{i}]", $"'{RequestObject.Short(include[i])}' has no counterpart in other formats");
        }
    }

    private static ToolDefinition? Tool(RequestObject tool)
    {
        if (tool.RequiredText("type") is var type && type != "function")
        {
            tool.Inexpressible("type", $"'{RequestObject.Short(type)}' is a tool that only OpenAI runs");
            return null;
        }

        var schema = tool.Any("parameters");
        if (schema.ValueKind is not (JsonValueKind.Object or JsonValueKind.Undefined)) tool.Wrong("parameters", $"must be an object, not {RequestObject.Kind(schema)}.");
        return new ToolDefinition(tool.RequiredText("name"), tool.Text("description"), schema) { Strict = tool.Flag("strict") };
    }

    private static OutputShape? OutputOf(RequestObject format) => format.Word("type", "text", "json_object", "json_schema") switch
    {
        "json_object" => new OutputShape(null, default),
        "json_schema" => OpenAiSchema.Read(format),
        _ => null,
    };

    private static ReasoningSettings ReasoningOf(RequestObject reasoning)
    {
        var old = reasoning.Text("generate_summary");
        var summary = reasoning.Text("summary") ?? old;
        var settings = new ReasoningSettings { Effort = reasoning.Text("effort"), Visible = summary is null ? null : true };
        reasoning.TellRest();
        return settings;
    }
}
