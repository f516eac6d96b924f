using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OllamaChat;

/// <summary>Writes an <c>/api/chat</c> request.</summary>
internal static class OllamaRequestWriter
{
    public static void Write(ChatRequest request, Utf8JsonWriter json, FormatIssues issues)
    {
        json.WriteStartObject();
        json.WriteString("model", request.Model);
        json.WriteBoolean("stream", request.Stream);
        new OllamaMessageWriter(json, issues).Write(request.Messages);
        WriteTools(request, json, issues);
        WriteFormat(request.Output, json);
        WriteThink(request.Reasoning, json);
        WriteOptions(request, json);
        if (request.Logprobs is { } logprobs)
        {
            json.WriteBoolean("logprobs", true);
            if (logprobs > 0) json.WriteNumber("top_logprobs", logprobs);
        }

        if (request.Choices > 1) issues.Inexpressible("choices", "Ollama gives one answer per call.");
        json.WriteEndObject();
    }

    private static void WriteTools(ChatRequest request, Utf8JsonWriter json, FormatIssues issues)
    {
        // Without a tool choice of its own: tools that must not be called are left out.
        if (request.Tools.Count == 0 || request.ToolChoice?.Mode == ToolChoiceMode.None) return;
        if (request.ToolChoice is { Mode: not ToolChoiceMode.Auto }) issues.Inexpressible("toolChoice", "Ollama cannot be made to call a tool.");
        if (request.ParallelToolCalls is false) issues.Inexpressible("parallelToolCalls", "Ollama cannot be kept from calling several tools at once.");
        json.WriteStartArray("tools");
        foreach (var tool in request.Tools) FunctionTool.Write(tool, json);

        json.WriteEndArray();
    }

    private static void WriteFormat(OutputShape? output, Utf8JsonWriter json)
    {
        if (output is null) return;
        json.WritePropertyName("format");
        if (output.Schema.IsThere()) output.Schema.WriteRawTo(json);
        else json.WriteStringValue("json");
    }

    private static void WriteThink(ReasoningSettings? reasoning, Utf8JsonWriter json)
    {
        if (reasoning is null || (reasoning.Budget is null && reasoning.Effort is null)) return;
        if (reasoning.Budget is { } budget) json.WriteBoolean("think", budget != 0);
        else if (reasoning.Effort == "none") json.WriteBoolean("think", false);
        else json.WriteString("think", reasoning.Effort switch { "minimal" or "low" => "low", "medium" => "medium", _ => "high" });
    }

    private static void WriteOptions(ChatRequest request, Utf8JsonWriter json)
    {
        var sampling = request.Sampling;
        if (sampling == new Sampling() && request.MaxTokens is null && request.Stop.Count == 0) return;
        json.WriteStartObject("options");
        if (sampling.Temperature is { } temperature) json.WriteNumber("temperature", temperature);
        if (sampling.TopP is { } topP) json.WriteNumber("top_p", topP);
        if (sampling.TopK is { } topK) json.WriteNumber("top_k", topK);
        if (sampling.PresencePenalty is { } presence) json.WriteNumber("presence_penalty", presence);
        if (sampling.FrequencyPenalty is { } frequency) json.WriteNumber("frequency_penalty", frequency);
        if (sampling.Seed is { } seed) json.WriteNumber("seed", seed);
        if (request.MaxTokens is { } most) json.WriteNumber("num_predict", most);
        if (request.Stop.Count > 0)
        {
            json.WriteStartArray("stop");
            foreach (var stop in request.Stop) json.WriteStringValue(stop);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
