using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.Gemini;
using Tidegate.Models.Formats.OpenAi;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats;

/// <summary>Usage of answers that are not taken apart: embeddings, ranks, transcripts, images.</summary>
public static class AnswerUsage
{
    /// <summary>What it took, in any vendor's words; null when the answer does not say.</summary>
    public static Usage? Of(JsonElement answer)
    {
        if (OpenAiUsage.Read(answer.Field("usage")) is { } told) return told;
        if (GeminiUsage.Read(answer.Field("usageMetadata")) is { } google) return google;
        var input = answer.Field("meta").Field("billed_units").Whole("input_tokens") ?? answer.Whole("prompt_eval_count");
        return input is { } tokens ? new Usage { Input = tokens } : null;
    }
}
