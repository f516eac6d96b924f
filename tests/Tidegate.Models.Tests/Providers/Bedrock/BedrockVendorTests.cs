using Tidegate.Models.Providers;
using Tidegate.Models.Providers.Bedrock;

namespace Tidegate.Models.Tests.Providers.Bedrock;

public sealed class BedrockVendorTests
{
    private const string Claude = "eu.anthropic.claude-sonnet-4-5-20250929-v1:0";
    private static readonly BedrockVendor Vendor = new();
    private static readonly VendorAccount Account = new("https://bedrock-runtime.eu-west-1.amazonaws.com", "eu-west-1");

    [Theory]
    [InlineData("eu-west-1", "https://bedrock-runtime.eu-west-1.amazonaws.com")]
    [InlineData("cn-north-1", "https://bedrock-runtime.cn-north-1.amazonaws.com.cn")]
    [InlineData(null, null)]
    public void AddressIn_Region_IsInTheHost(string? region, string? address) => Assert.Equal(address, Vendor.AddressIn(region));

    [Theory]
    [InlineData("openai_chat", Claude, false, "/model/eu.anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse")]
    [InlineData("openai_chat", "amazon.nova-pro-v1:0", true, "/model/amazon.nova-pro-v1%3A0/converse-stream")]
    [InlineData("anthropic_messages", "amazon.nova-pro-v1:0", true, "/model/amazon.nova-pro-v1%3A0/converse-stream")]
    [InlineData("anthropic_messages", Claude, false, "/model/eu.anthropic.claude-sonnet-4-5-20250929-v1%3A0/invoke")]
    [InlineData("anthropic_messages", Claude, true, "/model/eu.anthropic.claude-sonnet-4-5-20250929-v1%3A0/invoke-with-response-stream")]
    [InlineData("openai_chat", "arn:aws:bedrock:eu-west-1:1:inference-profile/x", false, "/model/arn%3Aaws%3Abedrock%3Aeu-west-1%3A1%3Ainference-profile%2Fx/converse")]
    public void Path_ModelAndVerb(string face, string model, bool stream, string path)
    {
        var format = Vendor.FormatFor(face, model).Name;
        Assert.Equal(path, Vendor.Path(ModelOperation.Chat, format, model, stream, Account));
        Assert.True(Vendor.ModelInPath(format));
        // What is sent is what was escaped: the signature is over these bytes.
        Assert.Equal(path, new Uri(Account.Address + path).PathAndQuery);
    }

    [Fact]
    public void Path_OtherOperations_AreNotThere() => Assert.Null(Vendor.Path(ModelOperation.Embeddings, "openai_embeddings", "m", false, Account));

    [Fact]
    public void Authorize_AccessKey_SignsForTheRegion()
    {
        var request = VendorRun.Request(Vendor, "AKID:secret:token", "/model/m/converse", Account);
        Assert.StartsWith(
            "AWS4-HMAC-SHA256 Credential=AKID/20260203/eu-west-1/bedrock/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-security-token, Signature=",
            request.Header("Authorization"));
        Assert.Equal("20260203T040506Z", request.Header("x-amz-date"));
        Assert.Equal("token", request.Header("x-amz-security-token"));
    }

    [Fact]
    public void Authorize_OtherBody_HasAnotherSignature() =>
        Assert.NotEqual(
            VendorRun.Request(Vendor, "AKID:secret", "/model/m/converse", Account).Header("Authorization"),
            VendorRun.Request(Vendor, "AKID:secret", "/model/m/converse", Account, body: "{ }").Header("Authorization"));

    [Fact]
    public void Authorize_ApiKeyOfBedrock_IsABearer() => Assert.Equal("Bearer ABSKQmVkcm9j", VendorRun.Request(Vendor, "ABSKQmVkcm9j", "/model/m/converse", Account).Header("Authorization"));
}
