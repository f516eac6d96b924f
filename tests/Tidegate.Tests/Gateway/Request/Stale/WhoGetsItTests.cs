using Microsoft.AspNetCore.Http;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Consumers;
using Tidegate.Core.Resources.Routes;
using Tidegate.Tests.Gateway.Request.Identify;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Stale;

/// <summary>One caller's answer never reaches another, unless it says that it is everybody's.</summary>
public sealed class WhoGetsItTests
{
    private const string First = "tg_first", Second = "tg_second", Other = "tg_other";

    private static readonly IssuedKey[] Keys = [Config.Key("k1", "shop", First), Config.Key("k2", "shop", Second), Config.Key("k3", "bank", Other)];

    private static readonly Resource[] Consumers = [Config.Consumer("shop"), Config.Consumer("bank")];

    [Theory]
    [InlineData(First, First, 200)]
    [InlineData(First, Second, 200)]
    [InlineData(First, Other, 502)]
    [InlineData(First, null, 502)]
    [InlineData(null, First, 502)]
    [InlineData(null, null, 200)]
    public async Task Keys_AnswersAreTheConsumers(string? asked, string? asksAgain, int status)
    {
        await using var setup = await StartAsync();
        Assert.Equal(200, (await setup.GetAsync("/", Key(asked))).Status);
        setup.Down = true;

        Assert.Equal(status, (await setup.GetAsync("/", Key(asksAgain))).Status);
    }

    [Theory]
    [InlineData("Authorization", "Basic b25l", "Basic dHdv")]
    [InlineData("Authorization", "Bearer nobody-here-issued-it", "Bearer nor-this-one")]
    [InlineData("Authorization", "Basic b25l", null)]
    [InlineData("Authorization", null, "Basic b25l")]
    [InlineData("Cookie", "session=1", "session=2")]
    [InlineData("Cookie", "session=1", null)]
    [InlineData("X-Auth-Token", "one", "two")]
    [InlineData("X-Ours", "one", "two")]
    [InlineData("X-Tenant", "one", null)]
    [InlineData("Api-Key", "one", "two")]
    public async Task Anonymous_WhatTheUpstreamAloneCanRead_TellsCallersApart(string header, string? asked, string? asksAgain)
    {
        await using var setup = await StartAsync();
        Assert.Equal(200, (await setup.GetAsync("/", Of(header, asked))).Status);
        setup.Down = true;

        Assert.Equal(502, (await setup.GetAsync("/", Of(header, asksAgain))).Status);
        Assert.Equal(200, (await setup.GetAsync("/", Of(header, asked))).Status);
    }

    [Theory]
    [InlineData("User-Agent", "one", "two")]
    [InlineData("X-Request-Id", "one", "two")]
    [InlineData("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "00-0af7651916cd43dd8448eb211c80319d-b7ad6b7169203331-01")]
    [InlineData("Accept-Language", "de", "fr")]
    public async Task Anonymous_WhatSaysNothingAboutTheCaller_DoesNot(string header, string? asked, string? asksAgain)
    {
        await using var setup = await StartAsync();
        await setup.GetAsync("/", Of(header, asked));
        setup.Down = true;

        Assert.Equal(200, (await setup.GetAsync("/", Of(header, asksAgain))).Status);
    }

    [Fact]
    public async Task AKeyOfTheUpstreamBesideOurs_TellsCallersApart()
    {
        await using var setup = await StartAsync();
        await setup.GetAsync("/", ("X-Api-Key", First), ("Authorization", "Basic b25l"));
        setup.Down = true;

        Assert.Equal(502, (await setup.GetAsync("/", ("X-Api-Key", First), ("Authorization", "Basic dHdv"))).Status);
        Assert.Equal(502, (await setup.GetAsync("/", ("X-Api-Key", First))).Status);
        Assert.Equal(200, (await setup.GetAsync("/", ("X-Api-Key", Second), ("Authorization", "Basic b25l"))).Status);
    }

    [Fact]
    public async Task PublicAnswers_AreEverybodys()
    {
        await using var setup = await StartAsync("public, max-age=60");
        await setup.GetAsync("/", ("X-Api-Key", First));
        setup.Down = true;

        Assert.Equal((200, 200, 200), ((await setup.GetAsync("/")).Status, (await setup.GetAsync("/", ("X-Api-Key", Other))).Status, (await setup.GetAsync("/", ("Cookie", "session=1"))).Status));
    }

    [Fact]
    public async Task APublicAnswer_DoesNotBringBackAnOlderOneOfTheCaller()
    {
        var cacheControl = "max-age=1";
        await using var setup = await StaleSetup.StartAsync(c =>
        {
            c.Response.Headers.CacheControl = cacheControl;
            return c.Response.WriteAsync(cacheControl);
        }, route: Any, more: Consumers, keys: Keys);
        await setup.GetAsync("/", ("X-Api-Key", First));
        setup.Time.Advance(TimeSpan.FromSeconds(1));
        cacheControl = "public";
        await setup.GetAsync("/", ("X-Api-Key", Other));
        setup.Down = true;

        Assert.Equal("public", (await setup.GetAsync("/", ("X-Api-Key", First))).Body);
    }

    [Theory]
    [InlineData("acme", "acme", 200)]
    [InlineData("acme", "evil", 502)]
    [InlineData("acme", null, 502)]
    [InlineData("shop", "shop", 200)]
    public async Task Tokens_AnswersAreTheSubjects(string asked, string? asksAgain, int status)
    {
        using var issuer = new TestIssuer();
        await using var jwks = await TestUpstream.StartAsync(c => c.Response.WriteAsync(issuer.Jwks()));
        await using var setup = await StartAsync(jwt: [TestIssuer.Config(jwks.Address) with { AllowUnknown = true }]);
        Assert.Equal(200, (await setup.GetAsync("/", Bearer(issuer, asked))).Status);
        setup.Down = true;

        // Another token of the same subject is the same caller: tokens are not sent on here.
        Assert.Equal(status, (await setup.GetAsync("/", Bearer(issuer, asksAgain, expiresIn: 400))).Status);
    }

    [Fact]
    public async Task Tokens_OfTwoIssuersForOneName_AreTwoCallers()
    {
        using var issuer = new TestIssuer();
        await using var jwks = await TestUpstream.StartAsync(c => c.Response.WriteAsync(issuer.Jwks()));
        var config = TestIssuer.Config(jwks.Address) with { AllowUnknown = true };
        await using var setup = await StartAsync(jwt: [config, config with { Issuer = "https://other.example" }]);
        Assert.Equal(200, (await setup.GetAsync("/", Bearer(issuer, "alice"))).Status);
        setup.Down = true;

        Assert.Equal(502, (await setup.GetAsync("/", ("Authorization", "Bearer " + issuer.Token(TestIssuer.Claims("alice", "https://other.example"))))).Status);
        Assert.Equal(200, (await setup.GetAsync("/", Bearer(issuer, "alice"))).Status);
    }

    [Fact]
    public async Task Tokens_ThatAreSentOn_TellSubjectsOfOneConsumerApart()
    {
        using var issuer = new TestIssuer();
        await using var jwks = await TestUpstream.StartAsync(c => c.Response.WriteAsync(issuer.Jwks()));
        await using var setup = await StaleSetup.StartAsync(
            c => c.Response.WriteAsync("true"), route: r => r with { Identify = new IdentifyConfig { ApiKey = null, Jwt = [TestIssuer.Config(jwks.Address) with { Forward = true }] } },
            more: [Config.Consumer("team", new ConsumerConfig { Subjects = ["ada", "bob"] })]);
        Assert.Equal(200, (await setup.GetAsync("/", Bearer(issuer, "ada"))).Status);
        setup.Down = true;

        Assert.Equal((502, 200), ((await setup.GetAsync("/", Bearer(issuer, "bob"))).Status, (await setup.GetAsync("/", Bearer(issuer, "ada"))).Status));
    }

    [Fact]
    public async Task TheAnswerOfAnotherHostOrQuery_IsNotGiven()
    {
        await using var setup = await StartAsync("public");
        await setup.GetAsync("/a?x=1", ("Host", "one.example"));
        setup.Down = true;

        Assert.Equal(
            (502, 502, 502, 200),
            ((await setup.GetAsync("/a?x=1", ("Host", "two.example"))).Status, (await setup.GetAsync("/a?x=2", ("Host", "one.example"))).Status, (await setup.GetAsync("/a", ("Host", "one.example"))).Status, (await setup.GetAsync("/a?x=1", ("Host", "one.example"))).Status));
    }

    [Fact]
    public async Task Vary_TellsRequestsApart_WhateverItsOrderAndHoweverOftenItChanges()
    {
        await using var setup = await StaleSetup.StartAsync(c =>
        {
            var language = c.Request.Headers.AcceptLanguage.ToString();
            c.Response.Headers.CacheControl = "public";
            // Servers of cross-origin answers name Origin to those alone who send one.
            c.Response.Headers.Vary = c.Request.Headers.Origin.Count > 0 ? new[] { "origin", "Accept-Language" } : "accept-language";
            return c.Response.WriteAsync($"{language} {c.Request.Headers.Origin}");
        });
        foreach (var language in (string[])["de", "fr"])
        {
            await setup.GetAsync("/", ("Accept-Language", language));
            await setup.GetAsync("/", ("Accept-Language", language), ("Origin", "https://a.example"));
        }

        setup.Down = true;

        Assert.Equal("de ", (await setup.GetAsync("/", ("Accept-Language", "de"))).Body);
        Assert.Equal("fr https://a.example", (await setup.GetAsync("/", ("Accept-Language", "fr"), ("Origin", "https://a.example"))).Body);
        Assert.Equal(502, (await setup.GetAsync("/")).Status);
        Assert.Equal(502, (await setup.GetAsync("/", ("Accept-Language", "de, fr"))).Status);
    }

    private static RouteConfig Any(RouteConfig route) => route with { Identify = new IdentifyConfig { Anonymous = true, ApiKey = new ApiKeyConfig() } };

    private static Task<StaleSetup> StartAsync(string? cacheControl = null, IReadOnlyList<JwtConfig>? jwt = null) => StaleSetup.StartAsync(
        c =>
        {
            c.Response.Headers.CacheControl = cacheControl;
            return c.Response.WriteAsync("true");
        },
        route: r => Any(r) with { Identify = Any(r).Identify with { Jwt = jwt ?? [] } }, more: Consumers, keys: Keys);

    private static (string Name, string Value)[] Key(string? key) => Of("X-Api-Key", key);

    private static (string Name, string Value)[] Of(string header, string? value) => value is null ? [] : [(header, value)];

    private static (string Name, string Value)[] Bearer(TestIssuer issuer, string? subject, double expiresIn = 300) =>
        subject is null ? [] : [("Authorization", "Bearer " + issuer.Token(TestIssuer.Claims(subject, expiresIn: expiresIn)))];
}
