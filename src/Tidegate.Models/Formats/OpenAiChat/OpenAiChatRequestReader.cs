using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAi;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OpenAiChat;

/// <summary>Reads a chat request.</summary>
internal static class OpenAiChatRequestReader
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
        var stream = fields.Child("stream_options");
        var request = new ChatRequest
        {
            Model = fields.RequiredText("model"),
            Messages = OpenAiChatMessageReader.Read(fields),
            Tools = OpenAiChatToolReader.Tools(fields),
            ToolChoice = OpenAiChatToolReader.Choice(fields),
            ParallelToolCalls = fields.Flag("parallel_tool_calls"),
            Sampling = SamplingOf(fields),
            Stop = fields.TextOrTexts("stop"),
            MaxTokens = MaxTokens(fields),
            Choices = fields.Count("n", 1, 128),
            Output = OutputOf(fields),
            Reasoning = ReasoningOf(fields),
            Logprobs = LogprobsOf(fields),
            Stream = fields.Flag("stream") ?? false,
            StreamUsage = stream?.Flag("include_usage") ?? false,
            User = UserOf(fields),
        };
        stream?.Ignore("include_obfuscation");
        stream?.TellRest();
        fields.Hint(Hints);
        fields.IgnoreIf("store", v => v.ValueKind == JsonValueKind.False);
        fields.HintUnless("service_tier", v => v.Is("auto") || v.Is("default"));
        fields.IgnoreIf("verbosity", v => v.Is("medium"));
        fields.IgnoreIf("logit_bias", v => v.ValueKind == JsonValueKind.Object && !v.EnumerateObject().Any());
        fields.IgnoreIf("modalities", v => v.ValueKind == JsonValueKind.Array && v.EnumerateArray().All(m => m.Is("text")));
        fields.TellRest();
        return issues.HasErrors ? null : request;
    }

    private static Sampling SamplingOf(RequestObject fields) => new()
    {
        Temperature = fields.Number("temperature", 0, 2),
        TopP = fields.Number("top_p", 0, 1),
        TopK = fields.Count("top_k"),
        PresencePenalty = fields.Number("presence_penalty", -2, 2),
        FrequencyPenalty = fields.Number("frequency_penalty", -2, 2),
        Seed = fields.Whole("seed"),
    };

    private static int? MaxTokens(RequestObject fields)
    {
        var old = fields.Count("max_tokens", 1);
        return fields.Count("max_completion_tokens", 1) ?? old;
    }

    private static string? UserOf(RequestObject fields)
    {
        var safety = fields.Text("safety_identifier");
        if (fields.Text("user") is not { } user) return safety;
        fields.Hint("safety_identifier");
        return user;
    }

    private static int? LogprobsOf(RequestObject fields)
    {
        var top = fields.Count("top_logprobs", 0, 20);
        return fields.Flag("logprobs") == true ? top ?? 0 : null;
    }

    private static OutputShape? OutputOf(RequestObject fields)
    {
        if (fields.Child("response_format") is not { } format) return null;
        switch (format.Word("type", "text", "json_object", "json_schema"))
        {
            case "json_object":
                return new OutputShape(null, default);
            case "json_schema" when format.Child("json_schema") is { } schema:
                return OpenAiSchema.Read(schema);
            case "json_schema":
                format.Wrong("json_schema", "is required: an object with name and schema");
                return null;
            default:
                return null;
        }
    }

    // OpenRouter's object says the same and more; it wins where both are there.
    private static ReasoningSettings? ReasoningOf(RequestObject fields)
    {
        var effort = fields.Text("reasoning_effort");
        if (fields.Child("reasoning") is not { } reasoning) return effort is null ? null : new ReasoningSettings { Effort = effort };
        var settings = new ReasoningSettings
        {
            Effort = reasoning.Text("effort") ?? effort,
            Budget = reasoning.Count("max_tokens"),
            Visible = reasoning.Flag("exclude") is { } exclude ? !exclude : null,
        };
        var enabled = reasoning.Flag("enabled");
        reasoning.TellRest();
        return enabled == false ? settings with { Budget = 0 } : settings;
    }
}
