using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Consumers;
using Tidegate.Core.Resources.Routes;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Identify;

public sealed class TokenTests : IAsyncLifetime
{
    private readonly TestIssuer _issuer = new();
    private readonly FakeTimeProvider _time = new(TestIssuer.Now);
    private TestUpstream _jwks = null!;
    private TestUpstream _upstream = null!;

    public async ValueTask InitializeAsync()
    {
        _jwks = await TestUpstream.StartAsync(c => c.Response.WriteAsync(_issuer.Jwks()));
        _upstream = await TestUpstream.StartAsync(c => c.Response.WriteAsync($"auth={c.Request.Headers.Authorization}"));
    }

    public async ValueTask DisposeAsync()
    {
        await _jwks.DisposeAsync();
        await _upstream.DisposeAsync();
        _issuer.Dispose();
    }

    [Theory]
    [InlineData("RS256", "rsa-1")]
    [InlineData("PS256", "rsa-1")]
    [InlineData("ES256", "es256")]
    [InlineData("ES384", "es384")]
    [InlineData("EdDSA", "ed")]
    [InlineData("RS256", null)]
    public async Task Token_EveryAlgorithm_IsAcceptedAndNotForwarded(string algorithm, string? kid)
    {
        await using var gateway = await StartAsync();
        var response = await CallAsync(gateway, _issuer.Token(algorithm: algorithm, kid: kid));
        Assert.Equal((200, "auth="), response);
        Assert.Equal("acme", (await gateway.Calls.NextAsync()).Consumer);
    }

    [Fact]
    public async Task Token_ForwardAsked_IsSentOn()
    {
        await using var gateway = await StartAsync(c => c with { Forward = true });
        var token = _issuer.Token();
        Assert.Equal((200, "auth=Bearer " + token), await CallAsync(gateway, token));
    }

    [Fact]
    public async Task Token_SeenAgain_IsNotVerifiedAgainButStillExpires()
    {
        await using var gateway = await StartAsync();
        var token = _issuer.Token();
        for (var i = 0; i < 3; i++) Assert.Equal(200, (await CallAsync(gateway, token)).Status);
        _time.Advance(TimeSpan.FromSeconds(329));
        Assert.Equal(200, (await CallAsync(gateway, token)).Status); // 300 s, and 30 s of tolerance
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(401, (await CallAsync(gateway, token)).Status);
    }

    public static TheoryData<string, string> Forgeries => new()
    {
        { "none", "algorithm" }, { "None", "algorithm" }, { "unsigned", "malformed" }, { "confusion", "algorithm" }, { "oct", "algorithm" },
        { "other-algorithm", "algorithm" }, { "algorithm-of-other-key", "signature" }, { "enc-key", "unknown_kid" },
        { "wrong-key", "signature" }, { "changed-claims", "signature" }, { "unknown-kid", "unknown_kid" }, { "kid-path", "unknown_kid" }, { "kid-number", "malformed" },
        { "crit", "malformed" }, { "logout-token", "malformed" }, { "duplicate-claim", "duplicate_claim" }, { "duplicate-alg", "duplicate_claim" }, { "padding", "malformed" },
        { "array", "malformed" }, { "garbage", "malformed" }, { "oversized", "oversized" },
        { "issuer", "issuer" }, { "no-issuer", "issuer" }, { "audience", "audience" }, { "no-audience", "audience" }, { "expired", "expired_token" }, { "no-exp", "malformed" },
        { "exp-text", "malformed" }, { "exp-huge", "malformed" }, { "not-yet", "not_yet_valid" }, { "no-subject", "no_subject" }, { "control-subject", "no_subject" },
        { "stranger", "unknown_subject" }, { "impostor", "unknown_subject" },
    };

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task Token_Forged_Is401InvalidTokenAndTheOperatorKnowsWhy(string forgery, string reason)
    {
        await using var gateway = await StartAsync();

        var response = await gateway.GetAsync("/", ("Authorization", "Bearer " + Forge(forgery)));

        Assert.Equal(401, (int)response.StatusCode);
        Assert.Equal("Bearer realm=\"tidegate\", error=\"invalid_token\"", response.Headers.WwwAuthenticate.ToString());
        var record = await gateway.Calls.NextAsync();
        Assert.Equal(("identify: " + reason, CallOutcome.Unauthenticated, 0), (record.Error, record.Outcome, _upstream.Requests));
    }

    [Fact]
    public async Task Token_AudienceListAndScopes_AreRead()
    {
        await using var gateway = await StartAsync(identify: i => i with { Scopes = ["orders.read", "base"] });
        Assert.Equal(200, (await CallAsync(gateway, _issuer.Token(TestIssuer.Claims(audience: new[] { "x", "billing" }, scope: "a orders.read")))).Status);
        Assert.Equal(403, (await CallAsync(gateway, _issuer.Token(TestIssuer.Claims(scope: "a orders.write")))).Status);
    }

    [Fact]
    public async Task Token_UnknownSubjectAllowed_IsKnownByItsClaimButNeverAsAConsumer()
    {
        await using var gateway = await StartAsync(c => c with { AllowUnknown = true });
        Assert.Equal(200, (await CallAsync(gateway, _issuer.Token(TestIssuer.Claims("somebody")))).Status);
        Assert.Equal("somebody", (await gateway.Calls.NextAsync()).Consumer);
        Assert.Equal(401, (await CallAsync(gateway, _issuer.Token(TestIssuer.Claims("renamed")))).Status); // that consumer lists other subjects
        Assert.Equal(200, (await CallAsync(gateway, _issuer.Token(TestIssuer.Claims("sub-7")))).Status);
        Assert.Equal("renamed", (await gateway.Calls.WaitForAsync(3))[2].Consumer);
    }

    [Fact]
    public async Task Keys_Rotated_UnknownKidIsFetchedAtMostEveryTenSeconds()
    {
        await using var gateway = await StartAsync();
        Assert.Equal(200, (await CallAsync(gateway, _issuer.Token())).Status);
        Assert.Equal(1, _jwks.Requests);

        _issuer.Rotate("rsa-2");
        Assert.Equal(401, (await CallAsync(gateway, _issuer.Token(kid: "rsa-2"))).Status); // too soon to ask again
        Assert.Equal(1, _jwks.Requests);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(200, (await CallAsync(gateway, _issuer.Token(kid: "rsa-2"))).Status);
        for (var i = 0; i < 5; i++) Assert.Equal(401, (await CallAsync(gateway, _issuer.Token(kid: "rsa-2", header: $"{{\"alg\":\"RS256\",\"kid\":\"x{i}\"}}"))).Status);
        Assert.Equal(2, _jwks.Requests);
    }

    [Fact]
    public async Task Keys_Withdrawn_TokensVerifiedBeforeAreRefused()
    {
        _issuer.Rotate("rsa-2"); // before anybody reads the set
        await using var gateway = await StartAsync();
        var token = _issuer.Token();
        Assert.Equal(200, (await CallAsync(gateway, token)).Status);
        _issuer.Retire("rsa-1");
        _time.Advance(TimeSpan.FromSeconds(11));
        // A token of an id not seen yet has the set read again; from then on the old key is gone.
        Assert.Equal(401, (await CallAsync(gateway, _issuer.Token(kid: "rsa-2", header: "{\"alg\":\"RS256\",\"kid\":\"other\"}"))).Status);
        Assert.Equal(401, (await CallAsync(gateway, token)).Status);
        Assert.Equal("identify: unknown_kid", (await gateway.Calls.WaitForAsync(3))[2].Error);
    }

    [Fact]
    public async Task Keys_IssuerDown_TheLastSetGoesOnBeingUsed()
    {
        await using var gateway = await StartAsync();
        Assert.Equal(200, (await CallAsync(gateway, _issuer.Token())).Status);
        _jwks.Handler = c =>
        {
            c.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(200, (await CallAsync(gateway, _issuer.Token(TestIssuer.Claims(expiresIn: 7200)))).Status);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(200, (await CallAsync(gateway, _issuer.Token(TestIssuer.Claims(expiresIn: 9000)))).Status);
        Assert.Equal(401, (await CallAsync(gateway, _issuer.Token(TestIssuer.Claims(expiresIn: 9000), kid: "rsa-9", signWith: "rsa-1"))).Status);
        Assert.Contains(gateway.Given.Log.Lines, l => l.Event == 1202);
    }

    [Fact]
    public async Task Keys_IssuerThatDoesNotAnswer_IsGivenUpAfterFiveSeconds()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _jwks.Handler = c =>
        {
            asked.TrySetResult();
            return Task.Delay(Timeout.Infinite, c.RequestAborted);
        };
        await using var gateway = await StartAsync();
        var call = CallAsync(gateway, _issuer.Token());
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(call.IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(0.2));

        Assert.Equal(503, (await call.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken)).Status);
    }

    [Fact]
    public async Task Keys_NeverFetched_Is503WithRetryAfter()
    {
        _jwks.Handler = c => c.Response.WriteAsync("not a key set");
        await using var gateway = await StartAsync();
        using var response = await gateway.GetAsync("/", ("Authorization", "Bearer " + _issuer.Token()));
        Assert.Equal((503, "10"), ((int)response.StatusCode, response.Headers.RetryAfter!.ToString()));
    }

    [Fact]
    public async Task Keys_FromAFile_AreReadAgainForAnUnknownKid()
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await File.WriteAllTextAsync(file, _issuer.Jwks(), TestContext.Current.CancellationToken);
        try
        {
            await using var gateway = await StartAsync(c => c with { JwksUri = null, JwksFile = file });
            Assert.Equal(200, (await CallAsync(gateway, _issuer.Token())).Status);
            _issuer.Rotate("rsa-2");
            await File.WriteAllTextAsync(file, _issuer.Jwks(), TestContext.Current.CancellationToken);
            _time.Advance(TimeSpan.FromSeconds(10));
            Assert.Equal(200, (await CallAsync(gateway, _issuer.Token(kid: "rsa-2"))).Status);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Keys_ConfigurationUnchanged_SurviveTheNextSnapshot()
    {
        await using var gateway = await StartAsync();
        Assert.Equal(200, (await CallAsync(gateway, _issuer.Token())).Status);
        gateway.Apply(gateway.Status.Running!.Document);
        Assert.Equal(200, (await CallAsync(gateway, _issuer.Token())).Status);
        Assert.Equal(1, _jwks.Requests);
    }

    private string Forge(string forgery)
    {
        switch (forgery)
        {
            case "none" or "None": return $"{TestIssuer.Encode($"{{\"alg\":\"{forgery}\"}}")}.{TestIssuer.Encode(TestIssuer.Claims())}.AAAA";
            case "unsigned": return $"{TestIssuer.Encode("{\"alg\":\"none\"}")}.{TestIssuer.Encode(TestIssuer.Claims())}.";
            case "confusion": return _issuer.TokenOfConfusion("rsa-1");
            case "oct": return _issuer.Token(algorithm: "HS256", kid: "shared");
            case "other-algorithm": return _issuer.Token(algorithm: "RS512", signWith: "rsa-1");
            case "algorithm-of-other-key": return _issuer.Token(algorithm: "RS256", kid: "es256", signWith: "rsa-1");
            case "enc-key": return _issuer.Token(kid: "enc", signWith: "rsa-1");
            case "wrong-key":
                using (var other = new TestIssuer())
                {
                    other.Rotate("mine");
                    return other.Token(kid: "rsa-1", signWith: "mine");
                }

            case "changed-claims":
                var parts = _issuer.Token().Split('.');
                return $"{parts[0]}.{TestIssuer.Encode(TestIssuer.Claims("other"))}.{parts[2]}";
            case "unknown-kid": return _issuer.Token(kid: "nope", signWith: "rsa-1");
            case "kid-path": return _issuer.Token(kid: "../../../../dev/null", signWith: "rsa-1");
            case "kid-number": return _issuer.Token(header: "{\"alg\":\"RS256\",\"kid\":1}");
            case "crit": return _issuer.Token(header: "{\"alg\":\"RS256\",\"kid\":\"rsa-1\",\"crit\":[\"exp\"]}");
            case "logout-token": return _issuer.Token(header: "{\"alg\":\"RS256\",\"kid\":\"rsa-1\",\"typ\":\"logout+jwt\"}");
            case "duplicate-claim": return _issuer.Token($"{{\"sub\":\"other\",{TestIssuer.Claims()[1..]}");
            case "duplicate-alg": return _issuer.Token(header: "{\"alg\":\"none\",\"alg\":\"RS256\",\"kid\":\"rsa-1\"}");
            case "padding": return _issuer.Token() + "==";
            case "array": return _issuer.Token("[]");
            case "garbage": return "a.b.c";
            case "oversized": return _issuer.Token(TestIssuer.Claims(scope: new string('x', 8000)));
            case "issuer": return _issuer.Token(TestIssuer.Claims(issuer: "https://issuer.example/"));
            case "no-issuer": return _issuer.Token(Without("iss"));
            case "audience": return _issuer.Token(TestIssuer.Claims(audience: "ordersx"));
            case "no-audience": return _issuer.Token(Without("aud"));
            case "expired": return _issuer.Token(TestIssuer.Claims(expiresIn: -30));
            case "no-exp": return _issuer.Token(Without("exp"));
            case "exp-text": return _issuer.Token(TestIssuer.Claims().Replace("\"exp\":", "\"exp\":\"9999999999\",\"x\":", StringComparison.Ordinal));
            case "exp-huge": return _issuer.Token(TestIssuer.Claims().Replace("\"exp\":", "\"exp\":1e300,\"x\":", StringComparison.Ordinal));
            case "not-yet": return _issuer.Token(TestIssuer.Claims(notBefore: 31));
            case "no-subject": return _issuer.Token(Without("sub"));
            case "control-subject": return _issuer.Token(TestIssuer.Claims("a\r\nb"));
            case "stranger": return _issuer.Token(TestIssuer.Claims("stranger"));
            default: return _issuer.Token(TestIssuer.Claims("renamed"));
        }
    }

    private static string Without(string claim)
    {
        var claims = JsonSerializer.Deserialize<Dictionary<string, object>>(TestIssuer.Claims())!;
        claims.Remove(claim);
        return JsonSerializer.Serialize(claims);
    }

    private static async Task<(int Status, string Body)> CallAsync(TestGateway gateway, string token)
    {
        using var response = await gateway.GetAsync("/", ("Authorization", "Bearer " + token));
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private Task<TestGateway> StartAsync(Func<JwtConfig, JwtConfig>? change = null, Func<IdentifyConfig, IdentifyConfig>? identify = null)
    {
        var jwt = TestIssuer.Config(new Uri(_jwks.Address, "/jwks"));
        var config = new IdentifyConfig { Jwt = [change is null ? jwt : change(jwt)] };
        return TestGateway.StartAsync(new TestGateway.Setup { Time = _time }, Config.Document(Config.Service("s", _upstream.Address),
            Config.Route("r", "s", r => r with { Identify = identify is null ? config : identify(config) }),
            Config.Consumer("acme", new ConsumerConfig { Scopes = ["base"] }), Config.Consumer("renamed", new ConsumerConfig { Subjects = ["sub-7"] })));
    }
}
