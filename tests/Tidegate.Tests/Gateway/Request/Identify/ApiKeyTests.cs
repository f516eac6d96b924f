using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Calls;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Consumers;
using Tidegate.Core.Resources.Routes;
using Tidegate.Core.Resources.Services;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Identify;

public sealed class ApiKeyTests
{
    private const string Key = "tg_7f3kq0Zk1x9";
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("X-Api-Key: tg_7f3kq0Zk1x9")]
    [InlineData("x-api-key:tg_7f3kq0Zk1x9")]
    [InlineData("Authorization: Bearer tg_7f3kq0Zk1x9")]
    [InlineData("authorization: bearer  tg_7f3kq0Zk1x9 ")]
    public async Task Key_InAHeader_IsAcceptedAndNeitherForwardedNorLogged(string header)
    {
        await using var upstream = await EchoAsync();
        await using var gateway = await StartAsync(upstream, new IdentifyConfig());

        var response = await gateway.RawAsync($"GET /x HTTP/1.1\r\nHost: a\r\n{header}\r\nX-Other: 1\r\n\r\n");

        Assert.Equal(200, response.Status);
        Assert.Contains("X-Other", response.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, response.Body, StringComparison.Ordinal);
        var record = await gateway.Calls.NextAsync();
        Assert.Equal(("acme", "k_1"), (record.Consumer, record.KeyId));
        Assert.DoesNotContain(gateway.Given.Log.Lines, l => l.Message.Contains(Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Key_InTheQuery_OnlyWhereConfiguredAndTakenOut()
    {
        await using var upstream = await EchoAsync();
        await using var off = await StartAsync(upstream, new IdentifyConfig());
        await using var on = await StartAsync(upstream, new IdentifyConfig { ApiKey = new ApiKeyConfig { Query = "key" } });

        Assert.Equal(401, (await off.RawAsync($"GET /x?key={Key} HTTP/1.1\r\nHost: a\r\n\r\n")).Status);
        var response = await on.RawAsync($"GET /x?a=1&key={Key}&b=2 HTTP/1.1\r\nHost: a\r\n\r\n");

        Assert.Equal(200, response.Status);
        Assert.StartsWith("/x?a=1&b=2\n", response.Body, StringComparison.Ordinal);
        Assert.Equal("/x", (await on.Calls.NextAsync()).Path);
    }

    [Theory]
    [InlineData("/x?key=tg_7f3kq0Zk1x9", "/x")]
    [InlineData("/x?%6Bey=tg_7f3kq0Zk1x9&a=%2F", "/x?a=%2F")] // the same name in another spelling
    public async Task Key_InTheQuery_IsNotSentToAnyUpstreamOfTheCall(string asked, string sent)
    {
        await using var upstream = await EchoAsync();
        await using var gateway = await TestGateway.StartAsync(new TestGateway.Setup { Time = new FakeTimeProvider(Now) }, Config.Document(
            Config.Service("s", new ServiceConfig
            {
                Destinations = [new DestinationConfig { Name = "off", Address = RawUpstream.Refused() }],
                Resilience = new ResilienceConfig { Retry = new RetryConfig { MaxAttempts = 2 }, Fallback = new FallbackConfig { Service = "t" } },
            }),
            Config.Service("t", upstream.Address), Config.Consumer("acme"),
            Config.Route("r", "s", r => r with { Identify = new IdentifyConfig { ApiKey = new ApiKeyConfig { Query = "key" } } })), [.. Keys()]);

        var response = await gateway.RawAsync($"GET {asked} HTTP/1.1\r\nHost: a\r\n\r\n");

        Assert.StartsWith(sent + "\n", response.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, response.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/x?key=tg_7f3kq0Zk1x9&a=1", "X-Api-Key: tg_7f3kq0Zk1x9")]
    [InlineData("/x?a=1&%6bey=tg_7f3kq0Zk1x9", "X-Api-Key: tg_7f3kq0Zk1x9")]
    [InlineData("/x?a=1&key=tg_other", "X-Api-Key: tg_7f3kq0Zk1x9")] // not the key used, but in a place of keys
    [InlineData("/x?key=tg_7f3kq0Zk1x9&a=1&key=tg_other", "X-Api-Key: tg_7f3kq0Zk1x9")]
    [InlineData("/x?key=tg_7f3kq0Zk1x9&a=1", "Authorization: Bearer tg_7f3kq0Zk1x9")]
    [InlineData("/x?key=tg_7f3kq0Zk1x9&a=1", "Authorization: bearer  tg_other")] // another key issued here
    [InlineData("/x?a=1", "Authorization: Bearer tg_other\r\nX-Api-Key: tg_7f3kq0Zk1x9")]
    [InlineData("/x?a=1", "Authorization: Basic eA==\r\nAuthorization: Bearer tg_other\r\nX-Api-Key: tg_7f3kq0Zk1x9")]
    [InlineData("/x?key=tg_7f3kq0Zk1x9&a=1", "Authorization: Bearer tg_7f3kq0Zk1x9\r\nX-Api-Key: tg_7f3kq0Zk1x9")]
    public async Task Key_InSeveralPlaces_IsTakenOutOfAll(string asked, string headers)
    {
        await using var upstream = await EchoAsync();
        await using var gateway = await TestGateway.StartAsync(new TestGateway.Setup { Time = new FakeTimeProvider(Now) }, Config.Document(
            Config.Service("s", upstream.Address), Config.Consumer("acme"),
            Config.Route("r", "s", r => r with { Identify = new IdentifyConfig { ApiKey = new ApiKeyConfig { Query = "key" } } })), [.. Keys(), Config.Key("k_2", "acme", "tg_other")]);

        var response = await gateway.RawAsync($"GET {asked} HTTP/1.1\r\nHost: a\r\n{headers}\r\n\r\n");

        Assert.Equal(200, response.Status);
        Assert.StartsWith("/x?a=1\n", response.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("tg_", response.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(gateway.Given.Log.Lines, l => l.Message.Contains("tg_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Key_InHeaderAndQuery_ForwardAsked_BothAreSentOn()
    {
        await using var upstream = await EchoAsync();
        await using var gateway = await StartAsync(upstream, new IdentifyConfig { ApiKey = new ApiKeyConfig { Query = "key", Forward = true } });
        var response = await gateway.RawAsync($"GET /x?key={Key} HTTP/1.1\r\nHost: a\r\nX-Api-Key: {Key}\r\n\r\n");
        Assert.StartsWith($"/x?key={Key}\n", response.Body, StringComparison.Ordinal);
        Assert.Contains($"X-Api-Key={Key}", response.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_InTheQuery_ForwardAsked_IsSentOn()
    {
        await using var upstream = await EchoAsync();
        await using var gateway = await StartAsync(upstream, new IdentifyConfig { ApiKey = new ApiKeyConfig { Query = "key", Forward = true } });
        Assert.StartsWith($"/x?key={Key}\n", (await gateway.RawAsync($"GET /x?key={Key} HTTP/1.1\r\nHost: a\r\n\r\n")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_ForwardAsked_IsSentOn()
    {
        await using var upstream = await EchoAsync();
        await using var gateway = await StartAsync(upstream, new IdentifyConfig { ApiKey = new ApiKeyConfig { Forward = true, Header = "X-Token" } });
        Assert.Contains(Key, (await gateway.RawAsync($"GET /x HTTP/1.1\r\nHost: a\r\nX-Token: {Key}\r\n\r\n")).Body, StringComparison.Ordinal);
        Assert.Contains(Key, (await gateway.RawAsync($"GET /x HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {Key}\r\n\r\n")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_BesideAnAuthorizationOfTheUpstream_OnlyTheKeyIsTakenOut()
    {
        await using var upstream = await EchoAsync();
        await using var gateway = await StartAsync(upstream, new IdentifyConfig());
        var response = await gateway.RawAsync($"GET /x HTTP/1.1\r\nHost: a\r\nX-Api-Key: {Key}\r\nAuthorization: Bearer upstream-token\r\n\r\n");
        Assert.Equal(200, response.Status);
        Assert.Contains("Authorization=Bearer upstream-token", response.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, response.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Key_UpstreamHasAKeyOfItsOwnUnderTheSameName_OnlyThatIsSent(bool add)
    {
        var own = new Dictionary<string, string>(StringComparer.Ordinal) { ["X-Api-Key"] = "of-the-upstream" };
        await using var upstream = await EchoAsync();
        await using var gateway = await TestGateway.StartAsync(Config.Document(Config.Service("s", upstream.Address), Config.Consumer("acme"), Config.Route("r", "s", r => r with
        {
            Identify = new IdentifyConfig(),
            Rewrite = new RewriteConfig { RequestHeaders = add ? new ValueEditConfig { Add = own } : new ValueEditConfig { Set = own } },
        })), Config.Key("k_1", "acme", Key));
        var response = await gateway.RawAsync($"GET /x HTTP/1.1\r\nHost: a\r\nX-Api-Key: {Key}\r\n\r\n");
        Assert.Contains("X-Api-Key=of-the-upstream", response.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, response.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 401, "identify: missing", "Bearer realm=\"tidegate\"")]
    [InlineData("Authorization: Basic dXNlcjpwdw==", 401, "identify: missing", "Bearer realm=\"tidegate\"")]
    [InlineData("X-Api-Key: wrong", 401, "identify: unknown_key", "Bearer realm=\"tidegate\", error=\"invalid_token\"")]
    [InlineData("Authorization: Bearer wrong", 401, "identify: unknown_key", "Bearer realm=\"tidegate\", error=\"invalid_token\"")]
    [InlineData("X-Api-Key: ", 401, "identify: unknown_key", "Bearer realm=\"tidegate\", error=\"invalid_token\"")]
    [InlineData("X-Api-Key: tg_7f3kq0Zk1x9\r\nX-Api-Key: tg_7f3kq0Zk1x9", 401, "identify: many_credentials", "Bearer realm=\"tidegate\", error=\"invalid_token\"")]
    [InlineData("X-Api-Key: tg_expired", 401, "identify: expired_key", "Bearer realm=\"tidegate\", error=\"invalid_token\"")]
    [InlineData("X-Api-Key: tg_suspended", 403, "identify: suspended", null)]
    [InlineData("X-Api-Key: tg_orphan", 401, "identify: unknown_key", "Bearer realm=\"tidegate\", error=\"invalid_token\"")]
    public async Task Key_NotGoodEnough_TheOperatorKnowsWhyAndTheCallerDoesNot(string header, int status, string reason, string? challenge)
    {
        await using var upstream = await EchoAsync();
        await using var gateway = await StartAsync(upstream, new IdentifyConfig());

        var response = await gateway.RawAsync($"GET /x HTTP/1.1\r\nHost: a\r\n{header}{(header.Length > 0 ? "\r\n" : "")}\r\n");

        Assert.Equal(status, response.Status);
        Assert.Equal(challenge, response.Header("WWW-Authenticate"));
        Assert.Equal("application/problem+json", response.Header("Content-Type"));
        var record = await gateway.Calls.NextAsync();
        Assert.Equal((reason, status == 401 ? CallOutcome.Unauthenticated : CallOutcome.Forbidden), (record.Error, record.Outcome));
        Assert.DoesNotContain(reason["identify: ".Length..], response.Body.Replace("\"title\":\"unauthenticated\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(0, upstream.Requests);
        if (reason.EndsWith("expired_key", StringComparison.Ordinal)) Assert.Equal("k_old", record.KeyId);
    }

    [Fact]
    public async Task Anonymous_NoCredential_IsLetIn_WrongOneIsNot_ForeignBearerGoesOn()
    {
        await using var upstream = await EchoAsync();
        await using var gateway = await StartAsync(upstream, new IdentifyConfig { Anonymous = true });

        Assert.Equal(200, (await gateway.RawAsync("GET /x HTTP/1.1\r\nHost: a\r\n\r\n")).Status);
        Assert.Equal(401, (await gateway.RawAsync("GET /x HTTP/1.1\r\nHost: a\r\nX-Api-Key: wrong\r\n\r\n")).Status);
        Assert.Equal(401, (await gateway.RawAsync("GET /x HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer tg_expired\r\n\r\n")).Status);
        var foreign = await gateway.RawAsync("GET /x HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer of-the-upstream\r\n\r\n");
        Assert.Equal(200, foreign.Status);
        Assert.Contains("Authorization=Bearer of-the-upstream", foreign.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("orders-read", true)]
    [InlineData("orders-", true)]
    [InlineData("orders", false)]
    [InlineData("status", true)]
    [InlineData("status-2", false)]
    public async Task Consumer_RouteAccess_ByNameOrPrefix(string route, bool allowed)
    {
        await using var upstream = await EchoAsync();
        await using var gateway = await TestGateway.StartAsync(Config.Document(Config.Service("s", upstream.Address),
            Config.Route(route, "s", r => r with { Identify = new IdentifyConfig() }), Config.Consumer("acme", new ConsumerConfig { Routes = ["orders-*", "status"] })),
            Config.Key("k_1", "acme", Key));
        var response = await gateway.GetAsync("/", ("X-Api-Key", Key));
        Assert.Equal(allowed ? 200 : 403, (int)response.StatusCode);
    }

    [Fact]
    public async Task Route_ListsConsumers_OthersAreForbidden()
    {
        await using var upstream = await EchoAsync();
        await using var gateway = await StartAsync(upstream, new IdentifyConfig { Consumers = ["other"] });
        Assert.Equal(403, (await gateway.RawAsync($"GET /x HTTP/1.1\r\nHost: a\r\nX-Api-Key: {Key}\r\n\r\n")).Status);
        Assert.Equal("identify: consumer_not_listed", (await gateway.Calls.NextAsync()).Error);
    }

    [Fact]
    public async Task Scopes_KeyHasTooFew_Is403InsufficientScope()
    {
        await using var upstream = await EchoAsync();
        await using var gateway = await StartAsync(upstream, new IdentifyConfig { Scopes = ["read", "write"] });

        var narrow = await gateway.RawAsync("GET /x HTTP/1.1\r\nHost: a\r\nX-Api-Key: tg_narrow\r\n\r\n");
        var own = await gateway.RawAsync($"GET /x HTTP/1.1\r\nHost: a\r\nX-Api-Key: {Key}\r\n\r\n");

        Assert.Equal((403, "Bearer realm=\"tidegate\", error=\"insufficient_scope\", scope=\"read write\""), (narrow.Status, narrow.Header("WWW-Authenticate")));
        Assert.Equal(200, own.Status); // the consumer's own scopes, for the key has none
    }

    [Fact]
    public async Task Key_WithdrawnOrAdded_HoldsFromTheNextCall()
    {
        await using var upstream = await EchoAsync();
        await using var gateway = await StartAsync(upstream, new IdentifyConfig());
        Assert.Equal(200, (int)(await gateway.GetAsync("/", ("X-Api-Key", Key))).StatusCode);
        gateway.Apply(gateway.Status.Running!.Document, Config.Key("k_2", "acme", "tg_new"));
        Assert.Equal(401, (int)(await gateway.GetAsync("/", ("X-Api-Key", Key))).StatusCode);
        Assert.Equal(200, (int)(await gateway.GetAsync("/", ("X-Api-Key", "tg_new"))).StatusCode);
    }

    [Fact]
    public async Task Key_ExpiresWhileTheGatewayRuns()
    {
        await using var upstream = await EchoAsync();
        var time = new FakeTimeProvider(Now);
        await using var gateway = await TestGateway.StartAsync(new TestGateway.Setup { Time = time }, Document(upstream, new IdentifyConfig()),
            Config.Key("k", "acme", Key, Now.AddMinutes(1)));
        Assert.Equal(200, (int)(await gateway.GetAsync("/", ("X-Api-Key", Key))).StatusCode);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(401, (int)(await gateway.GetAsync("/", ("X-Api-Key", Key))).StatusCode);
    }

    private static Task<TestUpstream> EchoAsync() => TestUpstream.StartAsync(c => c.Response.WriteAsync(
        $"{c.Request.Path}{c.Request.QueryString}\n" + string.Join('\n', c.Request.Headers.Select(h => $"{h.Key}={h.Value}"))));

    private static Task<TestGateway> StartAsync(TestUpstream upstream, IdentifyConfig identify) => TestGateway.StartAsync(new TestGateway.Setup { Time = new FakeTimeProvider(Now) },
        Document(upstream, identify), [.. Keys()]);

    private static ConfigDocument Document(TestUpstream upstream, IdentifyConfig identify) => Config.Document(Config.Service("s", upstream.Address),
        Config.Route("r", "s", r => r with { Identify = identify }),
        Config.Consumer("acme", new ConsumerConfig { Scopes = ["read", "write"] }), Config.Consumer("other"),
        Config.Consumer("gone", new ConsumerConfig { Suspended = true, Keys = [new KeyConfig { Id = "k_s", Sha256 = Config.Hash("tg_suspended") }] }));

    private static IEnumerable<IssuedKey> Keys() =>
    [
        Config.Key("k_1", "acme", Key), Config.Key("k_old", "acme", "tg_expired", Now), Config.Key("k_n", "acme", "tg_narrow", null, "read"),
        Config.Key("k_o", "nobody", "tg_orphan"),
    ];
}
