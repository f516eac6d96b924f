using Tidegate.Models.Providers;
using Tidegate.Models.Providers.Ollama;

namespace Tidegate.Models.Tests.Providers.Ollama;

public sealed class OllamaVendorTests
{
    private static readonly OllamaVendor Vendor = new();

    [Theory]
    [InlineData("openai_chat", "/v1/chat/completions")]
    [InlineData("ollama_chat", "/api/chat")]
    [InlineData("anthropic_messages", "/api/chat")]
    public void Chat_CallersOfOpenAiGetItsCopy_OthersOllamasOwn(string face, string path) =>
        Assert.Equal(path, Vendor.Path(ModelOperation.Chat, Vendor.FormatFor(face, "llama3.2:1b").Name, "llama3.2:1b", true, new VendorAccount(Vendor.Address)));

    [Theory]
    [InlineData(ModelOperation.Completion, "/v1/completions")]
    [InlineData(ModelOperation.Embeddings, "/v1/embeddings")]
    [InlineData(ModelOperation.Speech, null)]
    public void Path_OtherOperations_AreThoseOfItsCopyOfOpenAi(ModelOperation operation, string? path) =>
        Assert.Equal(path, Vendor.Path(operation, "openai_chat", "m", false, new VendorAccount(Vendor.Address)));

    [Fact]
    public void Authorize_AKeyForAProxyBeforeIt_IsABearer() => Assert.Equal("Bearer k", VendorRun.Request(Vendor, "k", "/api/chat").Header("Authorization"));
}
