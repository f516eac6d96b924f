using Tidegate.Models.Embeddings;
using Tidegate.Models.Formats;
using Tidegate.Models.Formats.CohereChat;
using Tidegate.Models.Formats.CohereEmbed;

namespace Tidegate.Models.Providers.Cohere;

/// <summary>Cohere's second version: bearer key. Embeddings in OpenAI's words go to Cohere's copy of that API.</summary>
public sealed class CohereVendor : Vendor
{
    private static readonly CohereEmbedFormat Vectors = new();

    /// <inheritdoc/>
    public override string Name => "cohere";

    /// <inheritdoc/>
    public override string Address => "https://api.cohere.com";

    /// <inheritdoc/>
    public override IReadOnlyList<ITargetFormat> Formats { get; } = [new CohereChatFormat()];

    /// <inheritdoc/>
    public override IEmbeddingsTarget? EmbeddingsFor(string model) => Vectors;

    /// <inheritdoc/>
    public override string? RerankWord => "cohere_rerank";

    /// <inheritdoc/>
    public override string? Path(ModelOperation operation, string format, string model, bool stream, VendorAccount account) => operation switch
    {
        ModelOperation.Chat => "/v2/chat",
        ModelOperation.Embeddings when IsOpenAi(format) => "/compatibility/v1/embeddings",
        ModelOperation.Embeddings when format == CohereEmbedFormat.Word => "/v2/embed",
        ModelOperation.Rerank when format == RerankWord => "/v2/rerank",
        _ => null,
    };

    /// <inheritdoc/>
    public override void Authorize(HttpRequestMessage request, ReadOnlyMemory<byte> body, string secret, VendorAccount account, DateTimeOffset now)
    {
        if (secret.Length > 0) request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {secret}");
    }
}
