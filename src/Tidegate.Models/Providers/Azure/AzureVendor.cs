using Tidegate.Models.Embeddings;
using Tidegate.Models.Formats;
using Tidegate.Models.Formats.OpenAiChat;
using Tidegate.Models.Formats.OpenAiEmbeddings;
using Tidegate.Models.Formats.OpenAiResponses;

namespace Tidegate.Models.Providers.Azure;

/// <summary>
/// Azure OpenAI. A model is the name of a deployment. Versions with a date have it in the path and the version as a parameter; <c>v1</c> (and <c>preview</c>, which is v1
/// with what is not final) speaks like OpenAI, the deployment in the body.
/// </summary>
public sealed class AzureVendor : Vendor
{
    // The newest final version with a date.
    private const string DefaultVersion = "2024-10-21";
    private const string FinalV1 = "v1";
    private const string PreviewV1 = "preview";
    private static readonly OpenAiEmbeddingsFormat Vectors = new();

    /// <inheritdoc/>
    public override string Name => "azure";

    /// <inheritdoc/>
    public override IReadOnlyList<ITargetFormat> Formats { get; } = [new OpenAiChatFormat(), new OpenAiResponsesFormat()];

    /// <inheritdoc/>
    public override IEmbeddingsTarget? EmbeddingsFor(string model) => Vectors;

    /// <inheritdoc/>
    public override string? Path(ModelOperation operation, string format, string model, bool stream, VendorAccount account)
    {
        var version = account.ApiVersion ?? DefaultVersion;
        var responses = operation == ModelOperation.Chat && format == OpenAiResponsesFormat.Word;
        var verb = operation switch
        {
            ModelOperation.Chat => responses ? "/responses" : "/chat/completions",
            _ when !IsOpenAi(format) => null,
            ModelOperation.Completion => "/completions",
            ModelOperation.Embeddings => "/embeddings",
            ModelOperation.Images => "/images/generations",
            ModelOperation.ImageEdit => "/images/edits",
            ModelOperation.Transcription => "/audio/transcriptions",
            ModelOperation.SpeechTranslation => "/audio/translations",
            ModelOperation.Speech => "/audio/speech",
            _ => null,
        };
        if (verb is null) return null;
        if (version == PreviewV1) return $"/openai/v1{verb}?api-version=preview";
        // Responses have no path with a deployment; every resource has v1 beside the versions with dates.
        if (version == FinalV1 || responses) return $"/openai/v1{verb}";
        return $"/openai/deployments/{Uri.EscapeDataString(model)}{verb}?api-version={Uri.EscapeDataString(version)}";
    }

    /// <inheritdoc/>
    public override void Authorize(HttpRequestMessage request, ReadOnlyMemory<byte> body, string secret, VendorAccount account, DateTimeOffset now)
    {
        if (secret.Length > 0) request.Headers.TryAddWithoutValidation("api-key", secret);
    }
}
