using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OpenAiCompletions;

/// <summary>Reads a request.</summary>
internal static class OpenAiCompletionsRequestReader
{
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
            Messages = [new Message(MessageRole.User, [new TextPart(Prompt(fields))])],
            Sampling = new Sampling
            {
                Temperature = fields.Number("temperature", 0, 2),
                TopP = fields.Number("top_p", 0, 1),
                PresencePenalty = fields.Number("presence_penalty", -2, 2),
                FrequencyPenalty = fields.Number("frequency_penalty", -2, 2),
                Seed = fields.Whole("seed"),
            },
            Stop = fields.TextOrTexts("stop"),
            MaxTokens = fields.Count("max_tokens", 1),
            Choices = fields.Count("n", 1, 128),
            Logprobs = fields.Count("logprobs", 0, 5),
            Stream = fields.Flag("stream") ?? false,
            StreamUsage = stream?.Flag("include_usage") ?? false,
            User = fields.Text("user"),
        };
        stream?.Ignore("include_obfuscation");
        stream?.TellRest();
        fields.IgnoreIf("echo", v => v.ValueKind == JsonValueKind.False);
        fields.IgnoreIf("best_of", v => v.ValueKind == JsonValueKind.Number && v.TryGetInt32(out var count) && count <= 1);
        fields.IgnoreIf("suffix", v => v.Is(""));
        fields.IgnoreIf("logit_bias", v => v.ValueKind == JsonValueKind.Object && !v.EnumerateObject().Any());
        fields.TellRest();
        return issues.HasErrors ? null : request;
    }

    private static string Prompt(RequestObject fields)
    {
        var prompt = fields.Any("prompt");
        if (prompt.ValueKind == JsonValueKind.String) return JsonText.Read(prompt);
        if (prompt.ValueKind != JsonValueKind.Array || prompt.GetArrayLength() == 0)
        {
            fields.Wrong("prompt", "is required: a string or a list of strings.");
            return "";
        }

        var first = prompt[0];
        if (first.ValueKind is JsonValueKind.Number or JsonValueKind.Array)
        {
            fields.Inexpressible("prompt", "is tokens of one model; other formats take text");
            return "";
        }

        if (first.ValueKind != JsonValueKind.String) fields.Issues.Error("prompt[0]", $"must be a string, not {RequestObject.Kind(first)}.");
        else if (prompt.GetArrayLength() > 1) fields.Issues.Inexpressible("prompt[1]", "other formats take one prompt per call");
        return first.ValueKind == JsonValueKind.String ? JsonText.Read(first) : "";
    }
}
