using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAi;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OpenAiResponses;

/// <summary>Writes a request of the responses API. It is stateless: the whole conversation goes, nothing is stored, and thoughts come back encrypted.</summary>
internal static class OpenAiResponsesRequestWriter
{
    public static void Write(ChatRequest request, Utf8JsonWriter json, FormatIssues issues)
    {
        json.WriteStartObject();
        json.WriteString("model", request.Model);
        new OpenAiResponsesInputWriter(json, issues).Write(request.Messages);
        WriteTools(request.Tools, json);
        if (request.ToolChoice is { } choice) OpenAiToolChoice.Write(choice, "required", nested: false, json);
        if (request.Tools.Count > 0) json.Optional("parallel_tool_calls", request.ParallelToolCalls);
        json.Optional("temperature", request.Sampling.Temperature);
        json.Optional("top_p", request.Sampling.TopP);
        json.Optional("max_output_tokens", request.MaxTokens);
        WriteOutput(request.Output, json);
        WriteReasoning(request, json);
        json.Optional("top_logprobs", request.Logprobs is > 0 ? request.Logprobs : null);
        json.Optional("user", request.User);
        json.WriteBoolean("store", false);
        if (request.Stream) json.WriteBoolean("stream", true);
        json.WriteEndObject();
        Tell(request, issues);
    }

    private static void Tell(ChatRequest request, FormatIssues issues)
    {
        const string Message = "this format has no such field";
        if (request.Stop.Count > 0) issues.Inexpressible("stop", Message);
        if (request.Choices > 1) issues.Inexpressible("choices", "this format gives one answer");
        if (request.Sampling.TopK is not null) issues.Inexpressible("sampling.top_k", Message);
        if (request.Sampling.Seed is not null) issues.Inexpressible("sampling.seed", Message);
        if (request.Sampling.PresencePenalty is not (null or 0)) issues.Inexpressible("sampling.presence_penalty", Message);
        if (request.Sampling.FrequencyPenalty is not (null or 0)) issues.Inexpressible("sampling.frequency_penalty", Message);
    }

    private static void WriteTools(IReadOnlyList<ToolDefinition> tools, Utf8JsonWriter json)
    {
        if (tools.Count == 0) return;
        json.WriteStartArray("tools");
        foreach (var tool in tools)
        {
            json.WriteStartObject();
            json.WriteString("type", "function");
            json.WriteString("name", tool.Name);
            json.Optional("description", tool.Description);
            json.Verbatim("parameters", tool.Schema);
            // Not saying it means true here, and false in every other format.
            json.WriteBoolean("strict", tool.Strict ?? false);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteOutput(OutputShape? output, Utf8JsonWriter json)
    {
        if (output is null) return;
        var hasSchema = output.Schema.ValueKind != JsonValueKind.Undefined;
        json.WriteStartObject("text");
        json.WriteStartObject("format");
        json.WriteString("type", hasSchema ? "json_schema" : "json_object");
        if (hasSchema) OpenAiSchema.Write(output, json);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteReasoning(ChatRequest request, Utf8JsonWriter json)
    {
        // Models that do not think refuse to be asked for encrypted thoughts.
        var thinks = request.Messages.Any(m => m.Parts.Any(p => p is ReasoningPart { Redacted: { } own } && SignatureOrigin.Own(own, SignatureOrigin.OpenAi) is not null));
        if (request.Reasoning is { } reasoning)
        {
            var effort = OpenAiReasoning.EffortOf(reasoning);
            thinks |= effort is not (null or "none") || reasoning.Visible == true || reasoning.Budget is not (null or 0);
            json.WriteStartObject("reasoning");
            json.Optional("effort", effort);
            if (reasoning.Visible == true) json.WriteString("summary", "auto");
            json.WriteEndObject();
        }

        var include = new List<string>();
        if (thinks) include.Add("reasoning.encrypted_content");
        if (request.Logprobs is not null) include.Add("message.output_text.logprobs");
        json.Optional("include", include);
    }
}
