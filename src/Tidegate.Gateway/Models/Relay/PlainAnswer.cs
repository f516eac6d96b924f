using System.Text.Json;
using Tidegate.Models.Json;
using Tidegate.Models.Providers;

namespace Tidegate.Gateway.Models.Relay;

/// <summary>Tells answers that pass without being taken apart from JSON that is none: <c>{}</c>, an error with status 200.</summary>
internal static class PlainAnswer
{
    /// <summary>It has what an answer to the operation must have.</summary>
    public static bool IsOne(ModelOperation operation, JsonElement answer) => operation switch
    {
        ModelOperation.Embeddings => Has(answer, "data") || Has(answer, "embedding") || Has(answer, "embeddings"),
        ModelOperation.Images or ModelOperation.ImageEdit => Has(answer, "data"),
        ModelOperation.Transcription or ModelOperation.SpeechTranslation => Has(answer, "text") || Has(answer, "segments"),
        ModelOperation.Moderation => Has(answer, "results"),
        ModelOperation.Rerank => Has(answer, "results") || Has(answer, "data"),
        ModelOperation.Speech => Has(answer, "audio") || Has(answer, "data"), // sound is no JSON, but for a few that wrap it
        ModelOperation.CountTokens => Has(answer, "input_tokens") || Has(answer, "totalTokens"),
        _ => true,
    };

    private static bool Has(JsonElement answer, string name) => answer.TryField(name, out var value) && value.ValueKind != JsonValueKind.Null;
}
