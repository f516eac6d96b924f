using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.AnthropicMessages;

/// <summary>Writes a request for Anthropic's models.</summary>
internal static class AnthropicRequestWriter
{
    public static void Write(ChatRequest request, Utf8JsonWriter json, FormatIssues issues, AnthropicOptions options, bool counting = false)
    {
        var thinking = AnthropicThinking.Plan(request, options, issues);
        json.WriteStartObject();
        WritePlace(request, json, options.Place, counting);
        if (!counting) json.WriteNumber("max_tokens", thinking.MaxTokens);
        new AnthropicMessageWriter(json, issues).Write(request.Messages);
        WriteTools(request, json);
        thinking.Write(json);
        WriteOutput(request.Output, thinking.Effort, json, issues);
        if (!counting) WriteRest(request, json, issues, thinking);
        json.WriteEndObject();
    }

    private static void WritePlace(ChatRequest request, Utf8JsonWriter json, AnthropicPlace place, bool counting)
    {
        if (place == AnthropicPlace.Anthropic) json.WriteString("model", request.Model);
        else json.WriteString("anthropic_version", place == AnthropicPlace.Vertex ? "vertex-2023-10-16" : "bedrock-2023-05-31");
        // On Vertex the model stands in the path of a chat, but in the body when tokens are counted.
        if (place == AnthropicPlace.Vertex && counting) json.WriteString("model", request.Model);
        if (request.Stream && !counting && place != AnthropicPlace.Bedrock) json.WriteBoolean("stream", true);
    }

    private static void WriteRest(ChatRequest request, Utf8JsonWriter json, FormatIssues issues, AnthropicThinking thinking)
    {
        WriteSampling(request.Sampling, json, issues, thinking.IsOn);
        if (request.Stop.Any(s => s.Trim().Length > 0))
        {
            json.WriteStartArray("stop_sequences");
            foreach (var stop in request.Stop.Where(s => s.Trim().Length > 0)) json.WriteStringValue(stop);
            json.WriteEndArray();
        }

        if (request.Stop.Any(s => s.Trim().Length == 0)) issues.Inexpressible("stop", "Anthropic takes no stop texts of white space alone.");
        if (request.Choices > 1) issues.Inexpressible("choices", "Anthropic gives one answer per call.");
        if (request.Logprobs is not null) issues.Inexpressible("logprobs", "Anthropic tells no log probabilities.");
        if (request.User is not { } user) return;
        json.WriteStartObject("metadata");
        json.WriteString("user_id", user);
        json.WriteEndObject();
    }

    private static void WriteSampling(Sampling sampling, Utf8JsonWriter json, FormatIssues issues, bool thinks)
    {
        if (sampling.Temperature is > 1) issues.Inexpressible("sampling.temperature", "Anthropic's temperatures end at 1.");
        else if (thinks && sampling.Temperature is not (null or 1)) issues.Inexpressible("sampling.temperature", "Anthropic's models think at temperature 1 only.");
        else if (sampling.Temperature is { } temperature) json.WriteNumber("temperature", temperature);
        if (thinks && sampling.TopP is < 0.95) issues.Inexpressible("sampling.topP", "Anthropic's models think with a topP of 0.95 to 1 only.");
        else if (sampling.TopP is { } topP) json.WriteNumber("top_p", topP);
        if (thinks && sampling.TopK is not null) issues.Inexpressible("sampling.topK", "Anthropic's models do not think with a topK.");
        else if (sampling.TopK is { } topK) json.WriteNumber("top_k", topK);
        if (sampling.PresencePenalty is not (null or 0)) issues.Inexpressible("sampling.presencePenalty", "Anthropic has no penalties.");
        if (sampling.FrequencyPenalty is not (null or 0)) issues.Inexpressible("sampling.frequencyPenalty", "Anthropic has no penalties.");
        if (sampling.Seed is not null) issues.Inexpressible("sampling.seed", "Anthropic has no seed.");
    }

    private static void WriteTools(ChatRequest request, Utf8JsonWriter json)
    {
        if (request.Tools.Count == 0) return;
        json.WriteStartArray("tools");
        foreach (var tool in request.Tools)
        {
            json.WriteStartObject();
            json.WriteString("name", tool.Name);
            if (tool.Description is { } description) json.WriteString("description", description);
            json.WritePropertyName("input_schema");
            if (tool.Schema.IsThere()) tool.Schema.WriteRawTo(json);
            else json.WriteRawValue("""{"type":"object","properties":{}}""");
            if (tool.Strict is true) json.WriteBoolean("strict", true);
            CacheHints.Write(tool.CacheHint, json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        var serial = request.ParallelToolCalls is false;
        if (request.ToolChoice is null && !serial) return;
        json.WriteStartObject("tool_choice");
        var mode = request.ToolChoice?.Mode ?? ToolChoiceMode.Auto;
        json.WriteString("type", mode switch
        {
            ToolChoiceMode.None => "none",
            ToolChoiceMode.Required => "any",
            ToolChoiceMode.Named => "tool",
            _ => "auto",
        });
        if (mode == ToolChoiceMode.Named) json.WriteString("name", request.ToolChoice!.Name);
        if (serial && mode != ToolChoiceMode.None) json.WriteBoolean("disable_parallel_tool_use", true);
        json.WriteEndObject();
    }

    private static void WriteOutput(OutputShape? output, string? effort, Utf8JsonWriter json, FormatIssues issues)
    {
        var shaped = output?.Schema.IsThere() ?? false;
        if (output is not null && !shaped) issues.Inexpressible("output", "Anthropic has no free JSON output; give a schema.");
        if (!shaped && effort is null) return;
        json.WriteStartObject("output_config");
        if (effort is not null) json.WriteString("effort", effort);
        if (shaped)
        {
            json.WriteStartObject("format");
            json.WriteString("type", "json_schema");
            json.WritePropertyName("schema");
            output!.Schema.WriteRawTo(json);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
