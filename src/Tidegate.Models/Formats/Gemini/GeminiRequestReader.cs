using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.Gemini;

/// <summary>Reads a caller's <c>generateContent</c> request. Model and streaming stand in the path and are the caller's of this method to add.</summary>
internal static class GeminiRequestReader
{
    // Names for the bill, and how the provider serves the call.
    private static readonly string[] Hints = ["labels", "serviceTier", "store"];

    public static ChatRequest? Read(JsonElement body, FormatIssues issues)
    {
        if (body.ValueKind == JsonValueKind.Object) return Read(new RequestObject(body, "", issues, snakeToo: true));
        issues.Error("", $"The request must be a JSON object, not {RequestObject.Kind(body)}.");
        return null;
    }

    public static ChatRequest? Read(RequestObject fields)
    {
        var config = fields.Child("generationConfig");
        var messages = GeminiContentReader.Read(fields);
        var request = new ChatRequest
        {
            Model = fields.Text("model") ?? "",
            Messages = messages,
            Tools = GeminiToolReader.Read(fields),
            ToolChoice = GeminiToolReader.ReadChoice(fields),
            StreamUsage = true,
            MaxTokens = config?.Count("maxOutputTokens"),
            Choices = config?.Count("candidateCount", least: 1, most: 8),
            Stop = config?.Texts("stopSequences") ?? [],
            Sampling = config is null ? new Sampling() : ReadSampling(config),
            Logprobs = config?.Flag("responseLogprobs") is true ? config.Count("logprobs", most: 20) ?? 0 : null,
            Output = config is null ? null : ReadOutput(config),
            Reasoning = config?.Child("thinkingConfig") is { } thinking ? ReadThinking(thinking) : null,
        };
        if (config is not null)
        {
            config.Ignore("logprobs");
            IgnoreTextOnly(config);
            config.TellRest();
        }

        IgnoreOpenSafety(fields);
        fields.Ignore("model");
        fields.Hint(Hints);
        fields.TellRest();
        return fields.Issues.HasErrors ? null : request;
    }

    private static Sampling ReadSampling(RequestObject config) => new()
    {
        Temperature = config.Number("temperature", 0, 2),
        TopP = config.Number("topP", 0, 1),
        TopK = (int?)config.Number("topK", 0, int.MaxValue),
        PresencePenalty = config.Number("presencePenalty"),
        FrequencyPenalty = config.Number("frequencyPenalty"),
        Seed = config.Whole("seed", int.MinValue, int.MaxValue),
    };

    private static OutputShape? ReadOutput(RequestObject config)
    {
        var type = config.Text("responseMimeType");
        if (type is not (null or "text/plain" or "application/json"))
        {
            config.Issues.Inexpressible(config.At("responseMimeType"), "is neither text/plain nor application/json.");
            return null;
        }

        var schema = config.Child("responseJsonSchema") ?? config.Child("_responseJsonSchema");
        if (schema is not null) return new OutputShape(null, schema.Element);
        if (config.Child("responseSchema") is { } own) return new OutputShape(null, GeminiSchema.ToJsonSchema(own.Element));
        return type == "application/json" ? new OutputShape(null, default) : null;
    }

    private static ReasoningSettings ReadThinking(RequestObject thinking)
    {
        var settings = new ReasoningSettings
        {
            Budget = thinking.Count("thinkingBudget", least: -1),
            Effort = thinking.Text("thinkingLevel")?.ToLowerInvariant(),
            Visible = thinking.Flag("includeThoughts"),
        };
        thinking.TellRest();
        return settings;
    }

    // Text is what everybody answers in.
    private static void IgnoreTextOnly(RequestObject config)
    {
        var text = config.Element.Items("responseModalities").All(m => m.ValueKind == JsonValueKind.String && string.Equals(JsonText.Read(m), "TEXT", StringComparison.OrdinalIgnoreCase));
        if (text) config.Ignore("responseModalities");
    }

    // Switching Google's filters off says nothing to others; making them stricter does.
    private static void IgnoreOpenSafety(RequestObject fields)
    {
        var strict = false;
        foreach (var setting in fields.Objects("safetySettings"))
            strict |= setting.Text("threshold") is not ("BLOCK_NONE" or "OFF");
        if (strict) fields.Issues.Inexpressible(fields.At("safetySettings"), "Other providers' filters cannot be set by the call.");
    }
}
