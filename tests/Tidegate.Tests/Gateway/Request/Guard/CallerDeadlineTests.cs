using Microsoft.AspNetCore.Http;
using Tidegate.Gateway.Request.Guard;

namespace Tidegate.Tests.Gateway.Request.Guard;

public sealed class CallerDeadlineTests
{
    [Theory]
    [InlineData("1H", 3600)]
    [InlineData("2M", 120)]
    [InlineData("3S", 3)]
    [InlineData("250m", 0.25)]
    [InlineData("500u", 0.0005)]
    [InlineData("100n", 0.0000001)]
    [InlineData("99999999m", 99999.999)]
    public void Semantics1_1_ParseGrpc_Legible_IsASpan(string value, double seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), CallerDeadline.ParseGrpc(value));

    [Theory]
    [InlineData("")]
    [InlineData("S")]
    [InlineData("5")]
    [InlineData("-5S")]
    [InlineData("5s")]
    [InlineData("123456789S")]
    public void Semantics1_1_ParseGrpc_Illegible_IsNothing(string value) => Assert.Null(CallerDeadline.ParseGrpc(value));

    [Theory]
    [InlineData("5", 5)]
    [InlineData("0.25", 0.25)]
    [InlineData("250ms", 0.25)]
    [InlineData("5s", 5)]
    [InlineData("2m", 120)]
    public void Semantics1_1_ParseHttp_Legible_IsASpan(string value, double seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), CallerDeadline.ParseHttp(value));

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("soon")]
    [InlineData("1e3")]
    [InlineData("99999999999")]
    public void Semantics1_1_ParseHttp_Illegible_IsNothing(string value) => Assert.Null(CallerDeadline.ParseHttp(value));

    [Fact]
    public void Semantics1_1_Read_HttpCall_IgnoresGrpcsHeaderAndTheOtherWayRound()
    {
        var headers = new HeaderDictionary { ["grpc-timeout"] = "1S", ["X-Request-Timeout"] = "2" };

        Assert.Equal(TimeSpan.FromSeconds(2), CallerDeadline.Read(headers, isGrpc: false));
        Assert.Equal(TimeSpan.FromSeconds(1), CallerDeadline.Read(headers, isGrpc: true));
    }

    [Fact]
    public void FormatGrpc_AnySpan_IsLegibleAndNeverZero()
    {
        Assert.Equal("1m", CallerDeadline.FormatGrpc(TimeSpan.Zero));
        Assert.Equal("251m", CallerDeadline.FormatGrpc(TimeSpan.FromMilliseconds(250.2)));
        Assert.Equal("99999999m", CallerDeadline.FormatGrpc(TimeSpan.FromDays(30)));
    }
}
