using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Tidegate.Models.Providers.Bedrock;

namespace Tidegate.Models.Tests.Providers.Bedrock;

/// <summary>Against the cases of AWS's own suite (key, time, region and service are the suite's), and what it does not have: paths encoded twice.</summary>
public sealed class SigV4Tests
{
    private const string SuiteToken =
        "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA==";

    private static readonly AwsKey SuiteKey = new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
    private static readonly DateTimeOffset SuiteTime = new(2015, 8, 30, 12, 36, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("GET", "/", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("GET", "/?Param2=value2&Param1=value1", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")]
    [InlineData("POST", "/", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")]
    public void Sign_CaseOfTheSuite_HasItsSignature(string method, string path, string signature)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), "https://example.amazonaws.com" + path);
        SigV4.Sign(request, [], SuiteKey, "us-east-1", "service", SuiteTime);
        Assert.Equal(
            $"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature={signature}",
            request.Header("Authorization"));
        Assert.Equal("20150830T123600Z", request.Header("x-amz-date"));
    }

    [Fact]
    public void Sign_BodyAndContentType_AreSigned()
    {
        var body = "Param1=value1"u8.ToArray();
        var request = new HttpRequestMessage(HttpMethod.Post, "https://example.amazonaws.com/") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        SigV4.Sign(request, body, SuiteKey, "us-east-1", "service", SuiteTime);
        Assert.EndsWith("SignedHeaders=content-type;host;x-amz-date, Signature=ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a", request.Header("Authorization"));
    }

    [Fact]
    public void Sign_SessionToken_IsSentAndSigned()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "https://example.amazonaws.com/");
        SigV4.Sign(request, [], SuiteKey with { SessionToken = SuiteToken }, "us-east-1", "service", SuiteTime);
        Assert.Equal(SuiteToken, request.Header("x-amz-security-token"));
        Assert.EndsWith("SignedHeaders=host;x-amz-date;x-amz-security-token, Signature=85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead", request.Header("Authorization"));
    }

    [Fact]
    public void Sign_PathWithEscapes_IsEncodedOnceMore()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "https://h.example/model/a.b-v1%3A0%2Fc/converse");
        SigV4.Sign(request, "{}"u8, SuiteKey, "eu-west-1", "bedrock", SuiteTime);
        var canonical = "POST\n/model/a.b-v1%253A0%252Fc/converse\n\nhost:h.example\nx-amz-date:20150830T123600Z\n\nhost;x-amz-date\n" + Hex(SHA256.HashData("{}"u8));
        var text = "AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/eu-west-1/bedrock/aws4_request\n" + Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
        var key = Mac(Mac(Mac(Mac(Encoding.UTF8.GetBytes("AWS4" + SuiteKey.Secret), "20150830"), "eu-west-1"), "bedrock"), "aws4_request");
        Assert.EndsWith("Signature=" + Hex(Mac(key, text)), request.Header("Authorization"));
    }

    [Fact]
    public void Sign_HeadersOnTheWay_AreNotSigned_AmzOnesAre()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "https://h.example:8443/");
        request.Headers.TryAddWithoutValidation("User-Agent", "x");
        request.Headers.TryAddWithoutValidation("traceparent", "y");
        request.Headers.TryAddWithoutValidation("X-Amzn-Bedrock-GuardrailIdentifier", "g");
        request.Headers.TryAddWithoutValidation("X-Amz-Custom", "  a   b  ");
        SigV4.Sign(request, [], SuiteKey, "us-east-1", "bedrock", SuiteTime);
        Assert.Contains("SignedHeaders=host;x-amz-custom;x-amz-date,", request.Header("Authorization"), StringComparison.Ordinal);
    }

    // A request that is sent again is signed again, not twice.
    [Fact]
    public void Sign_Again_ReplacesWhatItAdded()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "https://example.amazonaws.com/");
        SigV4.Sign(request, [], SuiteKey, "us-east-1", "service", SuiteTime.AddHours(1));
        SigV4.Sign(request, [], SuiteKey, "us-east-1", "service", SuiteTime);
        Assert.EndsWith("5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31", request.Header("Authorization"));
    }

    [Theory]
    [InlineData("?b=2&a=1", "a=1&b=2")]
    [InlineData("?a=2&a=1", "a=1&a=2")]
    [InlineData("?x=%e1%88%b4+y&flag", "flag=&x=%E1%88%B4%2By")]
    [InlineData("?-._~=ok", "-._~=ok")]
    [InlineData("?", "")]
    public void CanonicalQuery_IsSortedAndEncoded(string query, string canonical) => Assert.Equal(canonical, SigV4.CanonicalQuery(query));

    [Theory]
    [InlineData("A:b", "A", "b", null)]
    [InlineData("A:b/c+:tok:en==", "A", "b/c+", "tok:en==")]
    [InlineData("A:b:", "A", "b", null)]
    public void Parse_KeyTexts(string text, string id, string secret, string? token) => Assert.Equal(new AwsKey(id, secret, token), AwsKey.Parse(text));

    [Fact]
    public void ToString_TellsNoSecret() => Assert.Equal("A", new AwsKey("A", "b", "c").ToString());

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
