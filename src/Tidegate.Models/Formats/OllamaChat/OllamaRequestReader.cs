using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OllamaChat;

/// <summary>Reads a caller's <c>/api/chat</c> or <c>/api/generate</c> request.</summary>
internal static class OllamaRequestReader
{
    // How the caller's own machine would hold and run the model.
    private static readonly string[] Hints = ["keep_alive", "truncate", "shift"];

    private static readonly string[] HintOptions =
    [
        "num_ctx", "num_keep", "num_batch", "num_gpu", "num_thread", "main_gpu", "low_vram", "f16_kv", "logits_all", "vocab_only", "use_mmap", "use_mlock", "numa",
    ];

    public static ChatRequest? Read(JsonElement body, FormatIssues issues, bool generate)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            issues.Error("", $"The request must be a JSON object, not {RequestObject.Kind(body)}.");
            return null;
        }

        var fields = new RequestObject(body, "", issues);
        var options = fields.Child("options");
        var request = new ChatRequest
        {
            Model = fields.Text("model", required: true) ?? "",
            Messages = generate ? OllamaMessageReader.ReadPrompt(fields) : OllamaMessageReader.Read(fields),
            Tools = generate ? [] : ReadTools(fields),
            // Unlike everywhere else, streaming is what happens when nothing is said.
            Stream = fields.Flag("stream") ?? true,
            StreamUsage = true,
            Output = ReadFormat(fields),
            Reasoning = ReadThink(fields),
            Logprobs = fields.Flag("logprobs") is true ? fields.Count("top_logprobs", most: 20) ?? 0 : null,
            MaxTokens = options?.Whole("num_predict", int.MinValue, int.MaxValue) is { } most and >= 0 ? (int)most : null,
            Stop = options is null ? [] : ReadStop(options),
            Sampling = options is null ? new Sampling() : ReadSampling(options),
        };
        fields.Ignore("top_logprobs");
        fields.Hint(Hints);
        if (generate) IgnoreEmpty(fields);
        options?.Hint(HintOptions);
        options?.TellRest();
        fields.TellRest();
        return issues.HasErrors ? null : request;
    }

    private static Sampling ReadSampling(RequestObject options) => new()
    {
        Temperature = options.Number("temperature", least: 0),
        TopP = options.Number("top_p", 0, 1),
        TopK = options.Count("top_k"),
        PresencePenalty = options.Number("presence_penalty"),
        FrequencyPenalty = options.Number("frequency_penalty"),
        Seed = options.Whole("seed"),
    };

    private static IReadOnlyList<string> ReadStop(RequestObject options) =>
        options.TryGet("stop", out var stop) && stop.ValueKind == JsonValueKind.String ? [JsonText.Read(stop)] : options.Texts("stop");

    private static OutputShape? ReadFormat(RequestObject fields)
    {
        if (!fields.TryGet("format", out var format)) return null;
        if (format.ValueKind == JsonValueKind.Object) return new OutputShape(null, format);
        if (format.ValueKind == JsonValueKind.String && JsonText.Read(format) is "json" or "") return JsonText.Read(format).Length > 0 ? new OutputShape(null, default) : null;
        fields.Wrong("format", "must be \"json\" or a JSON schema.");
        return null;
    }

    private static ReasoningSettings? ReadThink(RequestObject fields)
    {
        if (!fields.TryGet("think", out var think)) return null;
        if (think.ValueKind == JsonValueKind.False) return new ReasoningSettings { Budget = 0 };
        if (think.ValueKind == JsonValueKind.True) return new ReasoningSettings { Budget = -1, Visible = true };
        return fields.Word("think", "low", "medium", "high", "max") is { } effort ? new ReasoningSettings { Effort = effort, Visible = true } : null;
    }

    private static List<ToolDefinition> ReadTools(RequestObject fields)
    {
        var tools = new List<ToolDefinition>();
        foreach (var tool in fields.Objects("tools"))
        {
            tool.Word("type", "function");
            if (tool.Child("function", required: true) is { } function)
            {
                tools.Add(new ToolDefinition(function.Text("name", required: true) ?? "", function.Text("description"), function.Child("parameters")?.Element ?? default));
                function.Ignore("strict");
                function.TellRest();
            }

            tool.TellRest();
        }

        return tools;
    }

    // Clients send these empty as a habit.
    private static void IgnoreEmpty(RequestObject fields)
    {
        foreach (var name in (ReadOnlySpan<string>)["suffix", "template", "raw", "context"])
            if (fields.Element.Field(name) is { } value && (value.ValueKind == JsonValueKind.False || value.Text() is "" || value is { ValueKind: JsonValueKind.Array } && value.GetArrayLength() == 0)) fields.Ignore(name);
    }

    private static string? Text(this JsonElement value) => value.ValueKind == JsonValueKind.String ? JsonText.Read(value) : null;
}
