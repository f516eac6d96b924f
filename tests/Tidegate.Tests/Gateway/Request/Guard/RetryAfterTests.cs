using Tidegate.Gateway.Request.Guard;

namespace Tidegate.Tests.Gateway.Request.Guard;

public sealed class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("7", 7)]
    [InlineData(" 7 ", 7)]
    [InlineData("1.5", 1.5)]
    [InlineData("Sun, 01 Mar 2026 12:00:30 GMT", 30)]
    [InlineData("Sunday, 01-Mar-26 12:00:30 GMT", 30)]
    [InlineData("Sun Mar  1 12:00:30 2026", 30)]
    [InlineData("Sun, 01 Mar 2026 11:00:00 GMT", 0)]
    [InlineData("99999999999999999999", 60)]
    [InlineData("Fri, 01 Jan 2100 00:00:00 GMT", 60)]
    public void Semantics1_3_RetryAfterInSecondsOrAsADateIsReadAndClamped(string value, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfter.Parse(value, Now));

    [Theory]
    [InlineData("")]
    [InlineData("-3")]
    [InlineData("soon")]
    [InlineData("NaN")]
    [InlineData("1e9")]
    public void Semantics1_3_RetryAfter_Illegible_IsNothing(string value) => Assert.Null(RetryAfter.Parse(value, Now));

    [Fact]
    public void Semantics1_3_RetryAfterMsIsReadAndWinsOverSeconds()
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("retry-after-ms", "250");
        response.Headers.TryAddWithoutValidation("Retry-After", "9");

        Assert.Equal(TimeSpan.FromMilliseconds(250), RetryAfter.Read(response.Headers, TimeProvider.System));
    }
}
