using Microsoft.AspNetCore.Http;
using Tidegate.Core.Resources.OpenSlo.Indicators;
using Tidegate.Core.Windows;
using Tidegate.Gateway.Request.Forward;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Forward;

/// <summary>How old answers of services are, from their headers to the counts of objectives.</summary>
public sealed class AnswerAgeTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("30", null, null, 30)]
    [InlineData(" 7 ", null, null, 7)]
    [InlineData("5, 90", null, null, 5)]
    [InlineData("99999999999", null, null, int.MaxValue)]
    [InlineData("30", "Sun, 01 Mar 2026 11:00:00 GMT", null, 30)]
    [InlineData(null, "Sun, 01 Mar 2026 11:59:00 GMT", null, 60)]
    [InlineData(null, "Sun, 01 Mar 2026 01:59:00 GMT", "Sun, 01 Mar 2026 02:00:05 GMT", 65)] // by a clock that is ten hours behind
    [InlineData(null, "Sun, 01 Mar 2026 12:00:09 GMT", null, 0)]
    [InlineData(null, "Sunday, 01-Mar-26 11:59:00 GMT", null, 60)] // RFC 850, obsolete and still to be read
    [InlineData(null, null, null, -1)]
    [InlineData("-4", null, null, -1)]
    [InlineData("soon", null, null, -1)]
    [InlineData(null, "yesterday", null, -1)]
    public void Of_TheHeadersOfAnAnswer(string? age, string? modified, string? date, int expected)
    {
        IHeaderDictionary headers = new HeaderDictionary();
        if (age is not null) headers.Age = age;
        if (modified is not null) headers.LastModified = modified;
        if (date is not null) headers.Date = date;

        Assert.Equal(expected, AnswerAge.Of(headers, Now));
    }

    [Theory]
    [InlineData(200, "30", 30)]
    [InlineData(304, "30", 30)]
    [InlineData(200, "61", 61)]
    [InlineData(200, null, -1)]
    [InlineData(404, "30", -1)]
    public async Task Freshness_CountsAnswersThatTellTheirAge(int status, string? age, int expected)
    {
        var (setup, counter) = CountingSetup.Of(new GatewayIndicatorConfig { Measure = GatewayMeasure.Freshness, Threshold = "1m" });
        await using var upstream = await TestUpstream.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            if (age is not null) context.Response.Headers.Age = age;
            return Task.CompletedTask;
        });
        await using var gateway = await TestGateway.StartAsync(setup, Config.Single(upstream.Address));

        using var answer = await gateway.GetAsync("/");

        Assert.Equal(expected, (await gateway.Calls.NextAsync()).AgeSeconds);
        Assert.Equal(expected < 0 ? Tally.None : new Tally(expected > 60 ? 1 : 0, 1), counter.Take(GatewayMeasure.Freshness, "1m"));
    }
}
