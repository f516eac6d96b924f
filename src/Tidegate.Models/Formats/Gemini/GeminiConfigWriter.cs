using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.Gemini;

/// <summary>Writes <c>generationConfig</c>; nothing when the caller said nothing.</summary>
internal sealed class GeminiConfigWriter(ChatRequest request, Utf8JsonWriter json, FormatIssues issues, GeminiOptions options)
{
    private const int MostStops = 5;
    private bool _open;

    public void Write()
    {
        Number("temperature", request.Sampling.Temperature);
        Number("topP", request.Sampling.TopP);
        Whole("topK", request.Sampling.TopK);
        Number("presencePenalty", request.Sampling.PresencePenalty);
        Number("frequencyPenalty", request.Sampling.FrequencyPenalty);
        if (request.Sampling.Seed is > int.MaxValue or < int.MinValue) issues.Inexpressible("sampling.seed", "Gemini's seeds have 32 bits.");
        else Whole("seed", request.Sampling.Seed);
        Whole("maxOutputTokens", request.MaxTokens);
        if (request.Choices > 1) Whole("candidateCount", request.Choices);
        WriteStop();
        if (request.Logprobs is { } logprobs)
        {
            Open();
            json.WriteBoolean("responseLogprobs", true);
            if (logprobs > 0) json.WriteNumber("logprobs", logprobs);
        }

        WriteOutput();
        if (request.Reasoning is { } reasoning) WriteThinking(reasoning);
        if (_open) json.WriteEndObject();
    }

    private void WriteStop()
    {
        if (request.Stop.Count == 0) return;
        if (request.Stop.Count > MostStops) issues.Inexpressible("stop", $"Gemini takes at most {MostStops} stop texts.");
        Open();
        json.WriteStartArray("stopSequences");
        foreach (var stop in request.Stop.Take(MostStops)) json.WriteStringValue(stop);
        json.WriteEndArray();
    }

    private void WriteOutput()
    {
        if (request.Output is not { } output) return;
        Open();
        json.WriteString("responseMimeType", "application/json");
        if (!output.Schema.IsThere()) return;
        json.WritePropertyName("responseJsonSchema");
        output.Schema.WriteRawTo(json);
    }

    private void WriteThinking(ReasoningSettings reasoning)
    {
        var levels = options.ThinkingLevels ?? request.Model.Contains("gemini-3", StringComparison.OrdinalIgnoreCase);
        var level = reasoning.Budget is null && levels ? LevelOf(reasoning.Effort) : null;
        var budget = reasoning.Budget ?? (levels ? null : BudgetOf(reasoning.Effort));
        if (level is null && budget is null && reasoning.Visible is null) return;
        Open();
        json.WriteStartObject("thinkingConfig");
        if (level is not null) json.WriteString("thinkingLevel", level);
        if (budget is not null) json.WriteNumber("thinkingBudget", budget.Value);
        if (reasoning.Visible is { } visible) json.WriteBoolean("includeThoughts", visible);
        json.WriteEndObject();
    }

    private static string? LevelOf(string? effort) => effort switch
    {
        null => null,
        "none" or "minimal" => "minimal",
        "low" or "medium" => effort,
        _ => "high",
    };

    private static int? BudgetOf(string? effort) => effort switch
    {
        null => null,
        "none" => 0,
        "minimal" => 512,
        "low" => 1024,
        "medium" => 8192,
        _ => 24576,
    };

    private void Number(string name, double? value)
    {
        if (value is null) return;
        Open();
        json.WriteNumber(name, value.Value);
    }

    private void Whole(string name, long? value)
    {
        if (value is null) return;
        Open();
        json.WriteNumber(name, value.Value);
    }

    private void Open()
    {
        if (!_open) json.WriteStartObject("generationConfig");
        _open = true;
    }
}
