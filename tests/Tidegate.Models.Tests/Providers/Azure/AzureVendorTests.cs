using Tidegate.Models.Providers;
using Tidegate.Models.Providers.Azure;

namespace Tidegate.Models.Tests.Providers.Azure;

public sealed class AzureVendorTests
{
    private static readonly AzureVendor Vendor = new();
    private static readonly VendorAccount Account = new("https://name.openai.azure.com");

    [Theory]
    [InlineData(null, ModelOperation.Chat, "openai_chat", "/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21")]
    [InlineData("2025-04-01-preview", ModelOperation.Embeddings, "openai_embeddings", "/openai/deployments/gpt-4o/embeddings?api-version=2025-04-01-preview")]
    [InlineData(null, ModelOperation.SpeechTranslation, "openai_chat", "/openai/deployments/gpt-4o/audio/translations?api-version=2024-10-21")]
    [InlineData(null, ModelOperation.ImageEdit, "openai_chat", "/openai/deployments/gpt-4o/images/edits?api-version=2024-10-21")]
    [InlineData(null, ModelOperation.Transcription, "openai_chat", "/openai/deployments/gpt-4o/audio/transcriptions?api-version=2024-10-21")]
    [InlineData(null, ModelOperation.Chat, "openai_responses", "/openai/v1/responses")]
    [InlineData("v1", ModelOperation.Chat, "openai_chat", "/openai/v1/chat/completions")]
    [InlineData("v1", ModelOperation.Chat, "openai_responses", "/openai/v1/responses")]
    [InlineData("preview", ModelOperation.Speech, "openai_chat", "/openai/v1/audio/speech?api-version=preview")]
    [InlineData("v1", ModelOperation.Rerank, "openai_chat", null)]
    public void Path_ByVersion(string? version, ModelOperation operation, string format, string? path) =>
        Assert.Equal(path, Vendor.Path(operation, format, "gpt-4o", false, Account with { ApiVersion = version }));

    [Fact]
    public void Path_NamesOfDeploymentsAndVersions_AreEscaped() =>
        Assert.Equal(
            "/openai/deployments/a%2Fb%3Fc%20%C3%BC/chat/completions?api-version=1%262",
            Vendor.Path(ModelOperation.Chat, "openai_chat", "a/b?c ü", false, Account with { ApiVersion = "1&2" }));

    // v1 reads the model from the body, and the path with a deployment takes no harm from it.
    [Fact]
    public void ModelInPath_TheBodyHasItToo() => Assert.False(Vendor.ModelInPath("openai_chat"));

    [Fact]
    public void Authorize_Key_IsInItsOwnHeader()
    {
        var request = VendorRun.Request(Vendor, "az-1", "/x", Account);
        Assert.Equal("az-1", request.Header("api-key"));
        Assert.Null(request.Header("Authorization"));
    }
}
