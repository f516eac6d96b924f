using Tidegate.Models.Providers;

namespace Tidegate.Models.Tests.Providers;

/// <summary>What is not translated goes only to vendors that have the caller's words for it.</summary>
public sealed class VendorPathTests
{
    [Theory]
    [InlineData("gemini", ModelOperation.Embeddings, "gemini_embedding", "/v1beta/models/m:embedContent")]
    [InlineData("gemini", ModelOperation.Embeddings, "gemini_embeddings", "/v1beta/models/m:batchEmbedContents")]
    [InlineData("ollama", ModelOperation.Embeddings, "ollama_embed", "/api/embed")]
    [InlineData("cohere", ModelOperation.Embeddings, "cohere_embed", "/v2/embed")]
    [InlineData("cohere", ModelOperation.Rerank, "cohere_rerank", "/v2/rerank")]
    [InlineData("cohere", ModelOperation.Rerank, "rerank", null)]
    [InlineData("vllm", ModelOperation.Rerank, "rerank", "/rerank")]
    [InlineData("bedrock", ModelOperation.Embeddings, "titan_embed", "/model/m/invoke")]
    [InlineData("gemini", ModelOperation.Embeddings, "openai_chat", null)]
    [InlineData("gemini", ModelOperation.CountTokens, "gemini", "/v1beta/models/m:countTokens")]
    [InlineData("gemini", ModelOperation.CountTokens, "anthropic_messages", null)]
    [InlineData("anthropic", ModelOperation.CountTokens, "anthropic_messages", "/v1/messages/count_tokens")]
    [InlineData("anthropic", ModelOperation.CountTokens, "gemini", null)]
    [InlineData("anthropic", ModelOperation.Embeddings, "openai_chat", null)]
    [InlineData("openai", ModelOperation.Embeddings, "openai_chat", "/embeddings")]
    [InlineData("openai", ModelOperation.Embeddings, "gemini", null)]
    [InlineData("cohere", ModelOperation.Embeddings, "openai_chat", "/compatibility/v1/embeddings")]
    [InlineData("cohere", ModelOperation.Embeddings, "gemini", null)]
    [InlineData("ollama", ModelOperation.Embeddings, "gemini", null)]
    [InlineData("openai", ModelOperation.CountTokens, "anthropic_messages", null)]
    public void Path_OfWhatIsNotTranslated(string vendor, ModelOperation operation, string format, string? expected) =>
        Assert.Equal(expected, VendorList.Find(vendor)!.Path(operation, format, "m", stream: false, new VendorAccount("https://x.example")));
}
