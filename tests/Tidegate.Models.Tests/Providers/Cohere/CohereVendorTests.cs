using Tidegate.Models.Providers;
using Tidegate.Models.Providers.Cohere;

namespace Tidegate.Models.Tests.Providers.Cohere;

public sealed class CohereVendorTests
{
    private static readonly CohereVendor Vendor = new();

    [Theory]
    [InlineData(ModelOperation.Chat, "cohere_chat", "/v2/chat")]
    [InlineData(ModelOperation.Embeddings, "cohere_embed", "/v2/embed")]
    [InlineData(ModelOperation.Embeddings, "openai_embeddings", "/compatibility/v1/embeddings")]
    [InlineData(ModelOperation.Rerank, "cohere_rerank", "/v2/rerank")]
    [InlineData(ModelOperation.Images, "", null)]
    public void Path_EveryOperation_IsOfTheSecondVersion(ModelOperation operation, string format, string? path) =>
        Assert.Equal(path, Vendor.Path(operation, format, "command-a-03-2025", true, new VendorAccount(Vendor.Address)));

    [Fact]
    public void Authorize_Key_IsABearer() => Assert.Equal("Bearer co-1", VendorRun.Request(Vendor, "co-1", "/v2/chat").Header("Authorization"));
}
