using Tidegate.Models.Embeddings;
using Tidegate.Models.Formats;
using Tidegate.Models.Formats.Gemini;
using Tidegate.Models.Formats.GeminiEmbeddings;

namespace Tidegate.Models.Providers.Gemini;

/// <summary>Google's Gemini with an API key (AI Studio): model and verb in the path, key in <c>x-goog-api-key</c>.</summary>
public sealed class GeminiVendor : Vendor
{
    private const string DefaultVersion = "v1beta";
    private static readonly GeminiEmbeddingsFormat Vectors = new();

    /// <inheritdoc/>
    public override string Name => "gemini";

    /// <inheritdoc/>
    public override string Address => "https://generativelanguage.googleapis.com";

    /// <inheritdoc/>
    public override IReadOnlyList<ITargetFormat> Formats { get; } = [new GeminiFormat()];

    /// <inheritdoc/>
    public override bool ModelInPath(string format) => true;

    /// <inheritdoc/>
    public override IEmbeddingsTarget? EmbeddingsFor(string model) => Vectors;

    /// <inheritdoc/>
    public override string? Path(ModelOperation operation, string format, string model, bool stream, VendorAccount account)
    {
        var at = $"/{account.ApiVersion ?? DefaultVersion}/models/{Uri.EscapeDataString(model)}:";
        return operation switch
        {
            ModelOperation.Chat when stream => at + "streamGenerateContent?alt=sse",
            ModelOperation.Chat => at + "generateContent",
            ModelOperation.Embeddings when format == "gemini_embedding" => at + "embedContent",
            ModelOperation.Embeddings when format == Vectors.Name => at + "batchEmbedContents",
            ModelOperation.CountTokens when format == "gemini" => at + "countTokens",
            _ => null,
        };
    }

    /// <inheritdoc/>
    public override void Authorize(HttpRequestMessage request, ReadOnlyMemory<byte> body, string secret, VendorAccount account, DateTimeOffset now)
    {
        if (secret.Length > 0) request.Headers.TryAddWithoutValidation("x-goog-api-key", secret);
    }
}
