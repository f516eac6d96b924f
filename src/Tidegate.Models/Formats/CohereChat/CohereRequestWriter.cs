using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.CohereChat;

/// <summary>Writes a <c>/v2/chat</c> request.</summary>
internal static class CohereRequestWriter
{
    private const int MostStops = 5;

    public static void Write(ChatRequest request, Utf8JsonWriter json, FormatIssues issues)
    {
        json.WriteStartObject();
        json.WriteString("model", request.Model);
        json.WriteBoolean("stream", request.Stream);
        new CohereMessageWriter(json, issues).Write(request.Messages);
        WriteTools(request, json, issues);
        WriteOutput(request.Output, json);
        WriteThinking(request.Reasoning, json);
        WriteSampling(request.Sampling, json);
        if (request.MaxTokens is { } most) json.WriteNumber("max_tokens", most);
        WriteStop(request.Stop, json, issues);
        if (request.Logprobs is not null) json.WriteBoolean("logprobs", true);
        if (request.Logprobs > 0) issues.Inexpressible("logprobs", "Cohere tells the probability of chosen tokens only.");
        if (request.Choices > 1) issues.Inexpressible("choices", "Cohere gives one answer per call.");
        json.WriteEndObject();
    }

    private static void WriteTools(ChatRequest request, Utf8JsonWriter json, FormatIssues issues)
    {
        // The format can demand a tool but not name it: demanding one of a single tool says the same.
        var named = request.ToolChoice is { Mode: ToolChoiceMode.Named } choice ? choice.Name : null;
        var tools = named is null ? request.Tools : [.. request.Tools.Where(t => t.Name == named)];
        if (tools.Count == 0) return;
        json.WriteStartArray("tools");
        foreach (var tool in tools) FunctionTool.Write(tool, json);

        json.WriteEndArray();
        if (tools.Any(t => t.Strict is true)) json.WriteBoolean("strict_tools", true);
        if (request.ToolChoice?.Mode is ToolChoiceMode.Required or ToolChoiceMode.Named) json.WriteString("tool_choice", "REQUIRED");
        if (request.ToolChoice?.Mode is ToolChoiceMode.None) json.WriteString("tool_choice", "NONE");
        if (request.ParallelToolCalls is false) issues.Inexpressible("parallelToolCalls", "Cohere cannot be kept from calling several tools at once.");
    }

    private static void WriteOutput(OutputShape? output, Utf8JsonWriter json)
    {
        if (output is null) return;
        json.WriteStartObject("response_format");
        json.WriteString("type", "json_object");
        if (output.Schema.IsThere())
        {
            json.WritePropertyName("json_schema");
            output.Schema.WriteRawTo(json);
        }

        json.WriteEndObject();
    }

    private static void WriteThinking(ReasoningSettings? reasoning, Utf8JsonWriter json)
    {
        if (reasoning is null || (reasoning.Budget is null && reasoning.Effort is null)) return;
        var off = reasoning.Budget == 0 || (reasoning.Budget is null && reasoning.Effort == "none");
        json.WriteStartObject("thinking");
        json.WriteString("type", off ? "disabled" : "enabled");
        var budget = reasoning.Budget is > 0 ? reasoning.Budget : reasoning.Budget is null ? BudgetOf(reasoning.Effort) : null;
        if (budget is { } tokens) json.WriteNumber("token_budget", tokens);
        json.WriteEndObject();
    }

    // High and above: as many as the model likes.
    private static int? BudgetOf(string? effort) => effort switch
    {
        "minimal" or "low" => 1024,
        "medium" => 8192,
        _ => null,
    };

    private static void WriteSampling(Sampling sampling, Utf8JsonWriter json)
    {
        if (sampling.Temperature is { } temperature) json.WriteNumber("temperature", temperature);
        // 1 means all tokens everywhere, and is over this format's limit of 0.99.
        if (sampling.TopP is { } topP and < 1) json.WriteNumber("p", topP);
        if (sampling.TopK is { } topK) json.WriteNumber("k", topK);
        if (sampling.PresencePenalty is { } presence) json.WriteNumber("presence_penalty", presence);
        if (sampling.FrequencyPenalty is { } frequency) json.WriteNumber("frequency_penalty", frequency);
        if (sampling.Seed is { } seed) json.WriteNumber("seed", seed);
    }

    private static void WriteStop(IReadOnlyList<string> stop, Utf8JsonWriter json, FormatIssues issues)
    {
        if (stop.Count == 0) return;
        if (stop.Count > MostStops) issues.Inexpressible("stop", $"Cohere takes at most {MostStops} stop texts.");
        json.WriteStartArray("stop_sequences");
        foreach (var text in stop.Take(MostStops)) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
