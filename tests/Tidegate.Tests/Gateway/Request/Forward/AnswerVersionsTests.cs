using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Gateway.Request.Forward;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Forward;

/// <summary>Versions that answers name in a header: a few, of letters and digits, and only where nobody else says the version.</summary>
public sealed class AnswerVersionsTests
{
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData("1.4.2", "1.4.2")]
    [InlineData("v2_rc-1+build.7", "v2_rc-1+build.7")]
    [InlineData("", "")]
    [InlineData("1.4 2", "")]
    [InlineData("<b>", "")]
    [InlineData("versión", "")]
    [InlineData(null, "")]
    public void Of_WhatTheHeaderSays(string? value, string expected)
    {
        IHeaderDictionary headers = new HeaderDictionary();
        if (value is not null) headers["X-Version"] = value;

        Assert.Equal(expected, new AnswerVersions(_time).Of(headers, "x-version"));
    }

    [Fact]
    public void Of_TooLongOrSeveral_IsNone()
    {
        var versions = new AnswerVersions(_time);

        Assert.Equal(64, versions.Of(new HeaderDictionary { ["X-Version"] = new string('a', 64) }, "X-Version").Length);
        Assert.Equal("", versions.Of(new HeaderDictionary { ["X-Version"] = new string('a', 65) }, "X-Version"));
        Assert.Equal("", versions.Of(new HeaderDictionary { ["X-Version"] = new(["1", "2"]) }, "X-Version"));
    }

    [Fact]
    public void Of_MoreThanAnHourMayHave_AreNone_UntilTheHourIsOver()
    {
        var versions = new AnswerVersions(_time);
        string Of(int i) => versions.Of(new HeaderDictionary { ["X-Version"] = $"v{i}" }, "X-Version");

        var first = Of(0);
        Assert.All(Enumerable.Range(0, AnswerVersions.Most), i => Assert.Equal($"v{i}", Of(i)));
        Assert.Same(first, Of(0)); // one text for all calls of a version
        Assert.Equal("", Of(AnswerVersions.Most));

        _time.Advance(AnswerVersions.Span);
        Assert.Equal($"v{AnswerVersions.Most}", Of(AnswerVersions.Most));
        Assert.Equal("v0", Of(0));
    }

    [Theory]
    [InlineData("X-Version", null, 200, "1.4.2")]
    [InlineData("X-Version", null, 500, "1.4.2")]
    [InlineData("X-Version", "v9", 200, "v9")] // the route says it, and rollouts go by that
    [InlineData("X-Other", null, 200, "")]
    [InlineData(null, null, 200, "")]
    public async Task Call_GetsTheVersionThatItsAnswerNames(string? header, string? label, int status, string expected)
    {
        await using var upstream = await TestUpstream.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers["X-Version"] = "1.4.2";
            return Task.CompletedTask;
        });
        await using var gateway = await TestGateway.StartAsync(Config.Document(
            Config.Service("svc", Config.Service("svc", upstream.Address).Spec with { VersionHeader = header }), Config.Route("all", "svc", r => r with { Version = label })));

        using var answer = await gateway.GetAsync("/");

        Assert.Equal(("1.4.2", expected), (answer.Headers.GetValues("X-Version").Single(), (await gateway.Calls.NextAsync()).Version));
    }
}
