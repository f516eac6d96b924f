using System.CommandLine;
using Tidegate.Cli;

namespace Tidegate.Tests.Cli;

/// <summary>What is a time on the command line, and what only looks like one.</summary>
public sealed class TimeOptionsTests
{
    [Theory]
    [InlineData("2026-03-02T09:00Z", "2026-03-02T09:00:00.0000000+00:00")]
    [InlineData("2026-03-02T09:00:05+01:00", "2026-03-02T09:00:05.0000000+01:00")]
    [InlineData("2026-03-02T09:00:05.25Z", "2026-03-02T09:00:05.2500000+00:00")]
    [InlineData("2026-03-02T09:00", "2026-03-02T09:00:00.0000000+00:00")]
    [InlineData("2026-03-02", "2026-03-02T00:00:00.0000000+00:00")]
    public void Moment_AsIso8601_IsTaken(string text, string moment) => Assert.Equal(moment, Value(TimeOptions.Moment("--at", "when"), text)?.ToString("O"));

    [Theory]
    [InlineData("10.12.2026")]
    [InlineData("12/10/2026")]
    [InlineData("09:00")]
    [InlineData("2026-02-30")]
    [InlineData("yesterday")]
    [InlineData("")]
    public void Moment_AsAnythingElse_IsAMistakeThatSaysWhatATimeIs(string text) =>
        Assert.Equal($"--at: '{text}' is not a time such as 2026-03-02T09:00Z.", Assert.Single(Parse(TimeOptions.Moment("--at", "when"), text).Errors).Message);

    [Fact]
    public void Day_AsIso8601_IsTaken_AndNothingElse()
    {
        Assert.Equal(new DateOnly(2026, 12, 10), Value(TimeOptions.Day("--due", "until"), "2026-12-10"));
        foreach (var text in new[] { "10.12.2026", "12/10/2026", "2026-12-10T09:00Z", "tomorrow" })
            Assert.Equal($"--due: '{text}' is not a date such as 2026-12-10.", Assert.Single(Parse(TimeOptions.Day("--due", "until"), text).Errors).Message);
    }

    private static T? Value<T>(Option<T?> option, string text)
        where T : struct => Parse(option, text).GetValue(option);

    private static ParseResult Parse(Option option, string text) => new RootCommand { option }.Parse([option.Name, text]);
}
