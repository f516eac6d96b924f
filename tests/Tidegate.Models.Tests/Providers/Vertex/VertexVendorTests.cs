using Tidegate.Models.Providers;
using Tidegate.Models.Providers.Vertex;

namespace Tidegate.Models.Tests.Providers.Vertex;

public sealed class VertexVendorTests
{
    private const string At = "/v1/projects/p-1/locations/europe-west1";
    private static readonly VertexVendor Vendor = new();
    private static readonly VendorAccount Account = new("https://europe-west1-aiplatform.googleapis.com", "europe-west1", "p-1");

    [Theory]
    [InlineData("europe-west1", "https://europe-west1-aiplatform.googleapis.com")]
    [InlineData("global", "https://aiplatform.googleapis.com")]
    [InlineData("eu", "https://aiplatform.eu.rep.googleapis.com")]
    [InlineData(null, null)]
    public void AddressIn_Region_IsInTheHost(string? region, string? address) => Assert.Equal(address, Vendor.AddressIn(region));

    [Theory]
    [InlineData("gemini-2.5-pro", false, "gemini", At + "/publishers/google/models/gemini-2.5-pro:generateContent")]
    [InlineData("gemini-2.5-pro", true, "gemini", At + "/publishers/google/models/gemini-2.5-pro:streamGenerateContent?alt=sse")]
    [InlineData("google/gemini-2.5-pro", false, "gemini", At + "/publishers/google/models/gemini-2.5-pro:generateContent")]
    [InlineData("claude-sonnet-4-5@20250929", false, "anthropic_messages_vertex", At + "/publishers/anthropic/models/claude-sonnet-4-5@20250929:rawPredict")]
    [InlineData("anthropic/claude-opus-4-1", true, "anthropic_messages_vertex", At + "/publishers/anthropic/models/claude-opus-4-1:streamRawPredict")]
    [InlineData("meta/llama-4-scout-17b-16e-instruct-maas", true, "openai_chat", At + "/endpoints/openapi/chat/completions")]
    [InlineData("a b?/c", false, "openai_chat", At + "/endpoints/openapi/chat/completions")]
    [InlineData("gemini?x", false, "gemini", At + "/publishers/google/models/gemini%3Fx:generateContent")]
    public void Path_ByPublisher(string model, bool stream, string format, string path)
    {
        Assert.Equal(format, Vendor.FormatFor("openai_chat", model).Name);
        Assert.Equal(path, Vendor.Path(ModelOperation.Chat, format, model, stream, Account));
        Assert.Equal(format != "openai_chat", Vendor.ModelInPath(format));
    }

    [Theory]
    [InlineData("gemini-2.5-pro", "gemini", At + "/publishers/google/models/gemini-2.5-pro:countTokens")]
    [InlineData("gemini-2.5-pro", "anthropic_messages", null)]
    [InlineData("claude-opus-4-1", "anthropic_messages", At + "/publishers/anthropic/models/count-tokens:rawPredict")]
    [InlineData("meta/llama", "gemini", null)]
    public void Path_CountTokens(string model, string format, string? path) => Assert.Equal(path, Vendor.Path(ModelOperation.CountTokens, format, model, false, Account));

    [Fact]
    public void Path_Projects_AreEscaped() => Assert.StartsWith("/v1/projects/x.com%3Ap/", Vendor.Path(ModelOperation.Chat, "gemini", "m", false, Account with { Project = "x.com:p" }));

    [Fact]
    public void Authorize_Token_IsABearer_ApiKeyIsNot()
    {
        Assert.Equal("Bearer ya29.t", VendorRun.Request(Vendor, "ya29.t", "/x", Account).Header("Authorization"));
        var request = VendorRun.Request(Vendor, "AIzaSy-1", "/x", Account);
        Assert.Null(request.Header("Authorization"));
        Assert.Equal("AIzaSy-1", request.Header("x-goog-api-key"));
    }
}
