using Tidegate.Models.Embeddings;
using Tidegate.Models.Formats;
using Tidegate.Models.Formats.OllamaChat;
using Tidegate.Models.Formats.OllamaEmbed;
using Tidegate.Models.Formats.OpenAiChat;

namespace Tidegate.Models.Providers.Ollama;

/// <summary>
/// Ollama. Its own <c>/api/chat</c> for callers of other formats: it tells thoughts, and takes options that its copy of OpenAI's API does not know. Callers of OpenAI's
/// formats get that copy, so that their bytes pass through.
/// </summary>
public sealed class OllamaVendor : Vendor
{
    private static readonly OllamaEmbedFormat Vectors = new();

    /// <inheritdoc/>
    public override string Name => "ollama";

    /// <inheritdoc/>
    public override string Address => "http://127.0.0.1:11434";

    /// <inheritdoc/>
    public override IReadOnlyList<ITargetFormat> Formats { get; } = [new OllamaChatFormat(), new OpenAiChatFormat(OpenAiFamily.LookAlike with { TopK = false })];

    /// <inheritdoc/>
    public override IEmbeddingsTarget? EmbeddingsFor(string model) => Vectors;

    /// <inheritdoc/>
    public override string? Path(ModelOperation operation, string format, string model, bool stream, VendorAccount account) => operation switch
    {
        ModelOperation.Chat => format == OpenAiChatFormat.Word ? "/v1/chat/completions" : "/api/chat",
        ModelOperation.Completion when IsOpenAi(format) => "/v1/completions",
        ModelOperation.Embeddings when format == OllamaEmbedFormat.Word => "/api/embed",
        ModelOperation.Embeddings when IsOpenAi(format) => "/v1/embeddings",
        _ => null,
    };

    /// <inheritdoc/>
    public override void Authorize(HttpRequestMessage request, ReadOnlyMemory<byte> body, string secret, VendorAccount account, DateTimeOffset now)
    {
        // Ollama asks for no key; proxies before it, and its hosted models, do.
        if (secret.Length > 0) request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {secret}");
    }
}
