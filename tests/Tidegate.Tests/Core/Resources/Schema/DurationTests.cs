using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Tidegate.Core.Resources.Schema;
using Xunit;

namespace Tidegate.Tests.Core.Resources.Schema;

public sealed class DurationTests
{
    [Theory]
    [InlineData("0s", 0)]
    [InlineData("500ms", 500)]
    [InlineData("30s", 30_000)]
    [InlineData("1m30s", 90_000)]
    [InlineData("1h0m1s", 3_601_000)]
    [InlineData("7d", 604_800_000)]
    public void TryParse_LegalText_GivesDuration(string text, long milliseconds)
    {
        Assert.True(Duration.TryParse(text, out var value));
        Assert.Equal(milliseconds, (long)value.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("30")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("1.5s")]
    [InlineData("1S")]
    [InlineData("1s ")]
    [InlineData("30s1m")]
    [InlineData("1s1s")]
    [InlineData("1w")]
    [InlineData("99999999999d")]
    [InlineData("99999999999999999999s")]
    public void TryParse_IllegalText_Refuses(string? text) => Assert.False(Duration.TryParse(text, out _));

    [Fact]
    public void Parse_IllegalText_SaysWhatIsLegal() => Assert.Contains("1m30s", Assert.Throws<FormatException>(() => Duration.Parse("x")).Message, StringComparison.Ordinal);

    [Property]
    public Property Format_AnyMicroseconds_ParsesBackToTheSame() =>
        Prop.ForAll(ArbMap.Default.ArbFor<long>().Filter(l => l is >= 0 and < long.MaxValue / 10), us =>
        {
            var value = TimeSpan.FromTicks(us * TimeSpan.TicksPerMicrosecond);
            var text = Duration.Format(value);
            return Duration.TryParse(text, out var back) && back == value && System.Text.RegularExpressions.Regex.IsMatch(text, Duration.Pattern);
        });
}
