using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAi;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OpenAiChat;

/// <summary>Writes a chat request.</summary>
internal static class OpenAiChatRequestWriter
{
    public static void Write(ChatRequest request, OpenAiChatQuirks quirks, Utf8JsonWriter json, FormatIssues issues)
    {
        json.WriteStartObject();
        json.WriteString("model", request.Model);
        new OpenAiChatMessageWriter(quirks, json, issues).Write(request.Messages);
        WriteTools(request, quirks, json, issues);
        WriteSampling(request.Sampling, quirks, json, issues);
        json.Optional("stop", request.Stop);
        json.Optional(quirks.MaxTokensField, request.MaxTokens);
        if (request.Choices > 1) json.WriteNumber("n", request.Choices.Value);
        if (request.Output is { } output) WriteOutput(output, quirks, json, issues);
        if (request.Reasoning is { } reasoning) WriteReasoning(reasoning, quirks, json);
        if (request.Logprobs is { } top)
        {
            json.WriteBoolean("logprobs", true);
            if (top > 0) json.WriteNumber("top_logprobs", top);
        }

        json.Optional("user", request.User);
        if (request.Stream)
        {
            json.WriteBoolean("stream", true);
            if (quirks.StreamOptions)
            {
                // Asked for in any case: the call is billed by it.
                json.WriteStartObject("stream_options");
                json.WriteBoolean("include_usage", true);
                json.WriteEndObject();
            }
        }

        json.WriteEndObject();
    }

    private static void WriteSampling(Sampling sampling, OpenAiChatQuirks quirks, Utf8JsonWriter json, FormatIssues issues)
    {
        json.Optional("temperature", sampling.Temperature);
        json.Optional("top_p", sampling.TopP);
        if (quirks.TopK) json.Optional("top_k", sampling.TopK);
        else if (sampling.TopK is not null) issues.Inexpressible("sampling.top_k", "this provider draws without top_k");
        json.Optional("presence_penalty", sampling.PresencePenalty);
        json.Optional("frequency_penalty", sampling.FrequencyPenalty);
        if (quirks.SeedField is { } seed) json.Optional(seed, sampling.Seed);
        else if (sampling.Seed is not null) issues.Inexpressible("sampling.seed", "this provider takes no seed");
    }

    private static void WriteTools(ChatRequest request, OpenAiChatQuirks quirks, Utf8JsonWriter json, FormatIssues issues)
    {
        if (request.Tools.Count > 0)
        {
            json.WriteStartArray("tools");
            foreach (var tool in request.Tools)
            {
                json.WriteStartObject();
                json.WriteString("type", "function");
                json.WriteStartObject("function");
                json.WriteString("name", tool.Name);
                json.Optional("description", tool.Description);
                json.Verbatim("parameters", tool.Schema);
                json.Optional("strict", tool.Strict);
                json.WriteEndObject();
                if (quirks.CacheControl) CacheHints.Write(tool.CacheHint, json);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (request.ToolChoice is { } choice) OpenAiToolChoice.Write(choice, quirks.ToolChoiceRequired, nested: true, json);
        if (request.ParallelToolCalls is not { } parallel || request.Tools.Count == 0) return;
        if (quirks.ParallelToolCalls) json.WriteBoolean("parallel_tool_calls", parallel);
        else if (!parallel) issues.Inexpressible("parallel_tool_calls", "this provider cannot be told to call one tool at a time");
    }

    private static void WriteOutput(OutputShape output, OpenAiChatQuirks quirks, Utf8JsonWriter json, FormatIssues issues)
    {
        var hasSchema = output.Schema.ValueKind != JsonValueKind.Undefined;
        if (hasSchema && !quirks.JsonSchema)
        {
            issues.Inexpressible("output.schema", "this provider answers in JSON, but not by a schema");
            hasSchema = false;
        }

        json.WriteStartObject("response_format");
        json.WriteString("type", hasSchema ? "json_schema" : "json_object");
        if (hasSchema)
        {
            json.WriteStartObject("json_schema");
            OpenAiSchema.Write(output, json);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteReasoning(ReasoningSettings reasoning, OpenAiChatQuirks quirks, Utf8JsonWriter json)
    {
        switch (quirks.Reasoning)
        {
            case OpenAiChatReasoning.Effort:
                json.Optional("reasoning_effort", OpenAiReasoning.EffortOf(reasoning));
                break;
            case OpenAiChatReasoning.Settings:
                json.WriteStartObject("reasoning");
                // It refuses both at once.
                if (reasoning.Budget > 0) json.WriteNumber("max_tokens", reasoning.Budget.Value);
                else json.Optional("effort", OpenAiReasoning.EffortOf(reasoning));
                if (reasoning.Visible is { } visible) json.WriteBoolean("exclude", !visible);
                json.WriteEndObject();
                break;
        }
    }
}
