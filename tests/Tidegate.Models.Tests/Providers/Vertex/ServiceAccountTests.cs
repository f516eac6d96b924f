using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Models.Chat;
using Tidegate.Models.Providers.Tokens;
using Tidegate.Models.Providers.Vertex;
using Tidegate.Models.Tests.Providers.Tokens;

namespace Tidegate.Models.Tests.Providers.Vertex;

/// <summary>A key made here, a claim signed with it, and a token endpoint on loopback that checks the signature.</summary>
public sealed class ServiceAccountTests : IDisposable
{
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly FakeTimeProvider _time = new(VendorRun.Now);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _rsa.Dispose();

    [Fact]
    public async Task Exchange_SignedClaim_IsTakenForAToken()
    {
        var asked = new List<string>();
        await using var server = new LoopbackServer(body =>
        {
            asked.Add(body);
            return (200, """{"access_token":"ya29.good","expires_in":3599,"token_type":"Bearer"}""");
        });
        using var client = new HttpMessageInvoker(new SocketsHttpHandler());
        var source = new TokenSource(new VertexVendor().Exchange(Text(server.Address), out var problem)!, client, _time);
        Assert.Null(problem);
        Assert.Equal("ya29.good", await source.GetAsync(Cancel));
        Assert.Equal("ya29.good", await source.GetAsync(Cancel));

        var form = Assert.Single(asked).Split('&').Select(p => p.Split('=')).ToDictionary(p => p[0], p => WebUtility.UrlDecode(p[1]));
        Assert.Equal("urn:ietf:params:oauth:grant-type:jwt-bearer", form["grant_type"]);
        var parts = form["assertion"].Split('.');
        Assert.Equal("""{"alg":"RS256","typ":"JWT","kid":"k-1"}""", Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[0])));
        Assert.True(_rsa.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
        Assert.Equal("robot@p-1.iam.gserviceaccount.com", claims.RootElement.GetProperty("iss").GetString());
        Assert.Equal(server.Address, claims.RootElement.GetProperty("aud").GetString());
        Assert.Equal("https://www.googleapis.com/auth/cloud-platform", claims.RootElement.GetProperty("scope").GetString());
        Assert.Equal(VendorRun.Now.ToUnixTimeSeconds(), claims.RootElement.GetProperty("iat").GetInt64());
        Assert.Equal(VendorRun.Now.ToUnixTimeSeconds() + 3600, claims.RootElement.GetProperty("exp").GetInt64());
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_grant","error_description":"Invalid JWT Signature."}""", ModelErrorKind.Authentication, "Invalid JWT Signature.")]
    [InlineData(403, "", ModelErrorKind.Authentication, "403")]
    [InlineData(503, "<html><title>Sorry</title></html>", ModelErrorKind.Overloaded, "Sorry")]
    [InlineData(500, "{", ModelErrorKind.Server, "")]
    [InlineData(429, "{}", ModelErrorKind.RateLimit, "")]
    [InlineData(200, "{}", ModelErrorKind.Server, "holds no token")]
    [InlineData(200, """{"access_token":7}""", ModelErrorKind.Server, "holds no token")]
    public async Task Exchange_Refused_SaysWhoIsAtFault(int status, string body, ModelErrorKind kind, string words)
    {
        await using var server = new LoopbackServer(_ => (status, body));
        using var client = new HttpMessageInvoker(new SocketsHttpHandler());
        var source = new TokenSource(new VertexVendor().Exchange(Text(server.Address), out _)!, client, _time);
        var refused = await Assert.ThrowsAsync<TokenException>(() => source.GetAsync(Cancel).AsTask());
        Assert.Equal(kind, refused.Error.Kind);
        Assert.Contains(words, refused.Error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "client_email")]
    [InlineData("{", "no JSON")]
    [InlineData("""{"type":"authorized_user"}""", "service account")]
    [InlineData("""{"client_email":"a","private_key":"SECRET"}""", "private_key")]
    public void Exchange_NoServiceAccount_SaysWhatIsWrongAndNothingOfTheKey(string text, string words)
    {
        Assert.Null(new VertexVendor().Exchange(text, out var problem));
        Assert.Contains(words, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Exchange_TokenAddressInClear_IsRefused()
    {
        Assert.Null(new VertexVendor().Exchange(Text("http://tokens.example/"), out var problem));
        Assert.Contains("token_uri", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ya29.token")]
    [InlineData("AIzaSy-1")]
    public void Exchange_OtherKeys_GoAsTheyAre(string secret)
    {
        Assert.Null(new VertexVendor().Exchange(secret, out var problem));
        Assert.Null(problem);
    }

    private string Text(string tokenAddress) => JsonSerializer.Serialize(new
    {
        type = "service_account",
        project_id = "p-1",
        private_key_id = "k-1",
        private_key = _rsa.ExportPkcs8PrivateKeyPem(),
        client_email = "robot@p-1.iam.gserviceaccount.com",
        token_uri = tokenAddress,
    });
}
