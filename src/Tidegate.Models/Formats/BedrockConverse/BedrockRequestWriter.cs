using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.BedrockConverse;

/// <summary>Writes a <c>Converse</c> or <c>ConverseStream</c> request. Model and streaming stand in the path.</summary>
internal static class BedrockRequestWriter
{
    public static void Write(ChatRequest request, Utf8JsonWriter json, FormatIssues issues)
    {
        var claude = request.Model.Contains("anthropic", StringComparison.OrdinalIgnoreCase) || request.Model.Contains("claude", StringComparison.OrdinalIgnoreCase);
        json.WriteStartObject();
        new BedrockMessageWriter(json, issues).Write(request.Messages);
        WriteTools(request, json, issues);
        WriteInference(request, json);
        WriteOutput(request.Output, json, issues);
        WriteExtra(request, json, issues, claude);
        json.WriteEndObject();
        TellRest(request, issues);
    }

    private static void WriteTools(ChatRequest request, Utf8JsonWriter json, FormatIssues issues)
    {
        if (request.Tools.Count == 0) return;
        if (request.ToolChoice?.Mode == ToolChoiceMode.None)
        {
            // The format has no such choice: tools that must not be called are left out, unless the conversation already speaks of them, which demands their definitions.
            if (!request.Messages.Any(m => m.Parts.Any(p => p is ToolCallPart or ToolResultPart))) return;
            issues.Inexpressible("toolChoice", "Bedrock cannot be kept from calling tools that the conversation has called before.");
        }

        json.WriteStartObject("toolConfig");
        json.WriteStartArray("tools");
        foreach (var tool in request.Tools) WriteTool(tool, json);
        json.WriteEndArray();
        if (request.ToolChoice is { } choice && choice.Mode != ToolChoiceMode.None)
        {
            json.WriteStartObject("toolChoice");
            json.WriteStartObject(choice.Mode switch { ToolChoiceMode.Required => "any", ToolChoiceMode.Named => "tool", _ => "auto" });
            if (choice.Mode == ToolChoiceMode.Named) json.WriteString("name", choice.Name);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndObject();
        if (request.ParallelToolCalls is false) issues.Inexpressible("parallelToolCalls", "Bedrock cannot be kept from calling several tools at once.");
    }

    private static void WriteTool(ToolDefinition tool, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartObject("toolSpec");
        json.WriteString("name", tool.Name);
        if (!string.IsNullOrEmpty(tool.Description)) json.WriteString("description", tool.Description);
        json.WriteStartObject("inputSchema");
        json.WritePropertyName("json");
        if (tool.Schema.IsThere()) tool.Schema.WriteRawTo(json);
        else json.WriteRawValue("""{"type":"object","properties":{}}""");
        json.WriteEndObject();
        if (tool.Strict is true) json.WriteBoolean("strict", true);
        json.WriteEndObject();
        json.WriteEndObject();
        BedrockBlockWriter.WriteCachePoint(json, tool.CacheHint);
    }

    private static void WriteInference(ChatRequest request, Utf8JsonWriter json)
    {
        if (request is { MaxTokens: null, Sampling: { Temperature: null, TopP: null }, Stop.Count: 0 }) return;
        json.WriteStartObject("inferenceConfig");
        if (request.MaxTokens is { } most) json.WriteNumber("maxTokens", most);
        if (request.Sampling.Temperature is { } temperature) json.WriteNumber("temperature", temperature);
        if (request.Sampling.TopP is { } topP) json.WriteNumber("topP", topP);
        if (request.Stop.Count > 0)
        {
            json.WriteStartArray("stopSequences");
            foreach (var stop in request.Stop) json.WriteStringValue(stop);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteOutput(OutputShape? output, Utf8JsonWriter json, FormatIssues issues)
    {
        if (output is null) return;
        if (!output.Schema.IsThere())
        {
            issues.Inexpressible("output", "Bedrock has no free JSON output; give a schema.");
            return;
        }

        json.WriteStartObject("outputConfig");
        json.WriteStartObject("textFormat");
        json.WriteString("type", "json_schema");
        json.WriteStartObject("structure");
        json.WriteStartObject("jsonSchema");
        // Text here, not JSON.
        json.WriteString("schema", JsonText.Raw(output.Schema));
        if (output.Name is { } name) json.WriteString("name", name);
        if (output.Description is { } description) json.WriteString("description", description);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // What only the models of one vendor know goes through in their own words.
    private static void WriteExtra(ChatRequest request, Utf8JsonWriter json, FormatIssues issues, bool claude)
    {
        var thinking = BudgetOf(request.Reasoning);
        if (!claude)
        {
            if (request.Sampling.TopK is not null) issues.Inexpressible("sampling.topK", "Bedrock takes it for Anthropic's models only.");
            if (thinking is > 0) issues.Inexpressible("reasoning", "Bedrock takes a budget for thoughts for Anthropic's models only.");
            return;
        }

        if (thinking is > 0 && request.MaxTokens is { } most && thinking >= most)
        {
            issues.Inexpressible("reasoning", $"The budget for thoughts of {thinking} tokens is not below maxTokens, {most}.");
            thinking = null;
        }

        if (request.Sampling.TopK is null && thinking is null) return;
        json.WriteStartObject("additionalModelRequestFields");
        if (request.Sampling.TopK is { } topK) json.WriteNumber("top_k", topK);
        if (thinking is { } budget)
        {
            json.WriteStartObject("thinking");
            json.WriteString("type", budget switch { 0 => "disabled", < 0 => "adaptive", _ => "enabled" });
            if (budget > 0) json.WriteNumber("budget_tokens", Math.Max(1024, budget));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static int? BudgetOf(ReasoningSettings? reasoning) => reasoning?.Budget ?? reasoning?.Effort switch
    {
        null => null,
        "none" => 0,
        "minimal" => 1024,
        "low" => 2048,
        "medium" => 8192,
        _ => 16384,
    };

    private static void TellRest(ChatRequest request, FormatIssues issues)
    {
        if (request.Sampling.PresencePenalty is not (null or 0)) issues.Inexpressible("sampling.presencePenalty", "Bedrock has no penalties.");
        if (request.Sampling.FrequencyPenalty is not (null or 0)) issues.Inexpressible("sampling.frequencyPenalty", "Bedrock has no penalties.");
        if (request.Sampling.Seed is not null) issues.Inexpressible("sampling.seed", "Bedrock has no seed.");
        if (request.Logprobs is not null) issues.Inexpressible("logprobs", "Bedrock tells no log probabilities.");
        if (request.Choices > 1) issues.Inexpressible("choices", "Bedrock gives one answer per call.");
    }
}
