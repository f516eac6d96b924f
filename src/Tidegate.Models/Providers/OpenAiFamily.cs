using Tidegate.Models.Embeddings;
using Tidegate.Models.Formats;
using Tidegate.Models.Formats.OpenAiChat;
using Tidegate.Models.Formats.OpenAiEmbeddings;
using Tidegate.Models.Formats.Rerank;

namespace Tidegate.Models.Providers;

/// <summary>A vendor that speaks like OpenAI: bearer key, the same paths below its address.</summary>
/// <param name="name">Word in the document.</param>
/// <param name="address">Public address up to and including the version; null where every server has its own.</param>
/// <param name="formats">Chat formats, best first; null for chat completions only.</param>
public class OpenAiFamily(string name, string? address, IReadOnlyList<ITargetFormat>? formats = null) : Vendor
{
    /// <summary>What look-alikes have in common: the older word for the token limit and the older role.</summary>
    public static OpenAiChatQuirks LookAlike { get; } = new() { MaxTokensField = "max_tokens", DeveloperRole = false, TopK = true };

    private static readonly OpenAiEmbeddingsFormat Vectors = new();
    private static readonly IReadOnlyList<ITargetFormat> ChatOnly = [new OpenAiChatFormat(LookAlike)];

    /// <inheritdoc/>
    public override string Name { get; } = name;

    /// <inheritdoc/>
    public override string? Address { get; } = address;

    /// <inheritdoc/>
    public override IReadOnlyList<ITargetFormat> Formats { get; } = formats ?? ChatOnly;

    /// <inheritdoc/>
    public override IEmbeddingsTarget? EmbeddingsFor(string model) => Vectors;

    /// <inheritdoc/>
    public override string? RerankWord => RerankFormat.Word;

    /// <inheritdoc/>
    public override string? Path(ModelOperation operation, string format, string model, bool stream, VendorAccount account) => operation switch
    {
        ModelOperation.Chat => format == "openai_responses" ? "/responses" : "/chat/completions",
        ModelOperation.Rerank when format.EndsWith("rerank", StringComparison.Ordinal) => "/rerank",
        _ when !IsOpenAi(format) => null,
        ModelOperation.Completion => "/completions",
        ModelOperation.Embeddings => "/embeddings",
        ModelOperation.Images => "/images/generations",
        ModelOperation.ImageEdit => "/images/edits",
        ModelOperation.Transcription => "/audio/transcriptions",
        ModelOperation.SpeechTranslation => "/audio/translations",
        ModelOperation.Speech => "/audio/speech",
        ModelOperation.Moderation => "/moderations",
        _ => null,
    };

    /// <inheritdoc/>
    public override void Authorize(HttpRequestMessage request, ReadOnlyMemory<byte> body, string secret, VendorAccount account, DateTimeOffset now)
    {
        if (secret.Length > 0) request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {secret}");
    }
}
