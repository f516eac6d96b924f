using System.Text.Json;
using Tidegate.Cli;
using Tidegate.Insight.CallLog;
using Tidegate.Platform.Hosting;
using Tidegate.Tests.Cli;
using Tidegate.Tests.Insight.CallLog.Support;

namespace Tidegate.Tests.Verbs.Calls;

public sealed class CallsVerbTests
{
    private static readonly CallEntry Call = CallEntry.Of(SampleCalls.Failed(SampleCalls.Noon.AddTicks(1234567)));

    [Fact]
    public async Task Calls_Table_EndsWithTheIdThatShowTakes()
    {
        var scenario = new CallsScenario(Page()) { Terminal = new FakeTerminal { Columns = 1_000 } };

        var code = await scenario.RunAsync();

        Assert.Equal(ExitCode.Ok, code);
        var lines = Lines(scenario);
        Assert.EndsWith("  WHY                          ID", lines[0], StringComparison.Ordinal);
        Assert.EndsWith($"  {Call.Id}", lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(160, "TIME STATUS OUTCOME TOOK ROUTE CONSUMER DESTINATION CALL ID")]
    [InlineData(115, "TIME STATUS OUTCOME TOOK ROUTE CALL ID")]
    [InlineData(106, "TIME STATUS OUTCOME TOOK CALL ID")]
    public async Task Calls_NarrowTerminal_LeavesOutWhyFirstAndKeepsTheWholeId(int width, string headers)
    {
        var scenario = new CallsScenario(Page()) { Terminal = new FakeTerminal { OutIsTerminal = true, Columns = width, Variables = { ["NO_COLOR"] = "1", ["TERM"] = "dumb" } } };

        await scenario.RunAsync();

        Assert.Equal(headers, string.Join(' ', Lines(scenario)[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.EndsWith(Call.Id, Lines(scenario)[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follow_Lines_EndWithTheId()
    {
        var scenario = new CallsScenario(Event());

        await scenario.RunAsync("--follow");

        Assert.EndsWith($"  # {Call.Why}  {Call.Id}", Assert.Single(Lines(scenario)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follow_Json_HasTimesInMicrosecondsLikeStoredCalls()
    {
        var scenario = new CallsScenario(Event());

        await scenario.RunAsync("--follow", "-o", "json");

        Assert.Contains("12:00:00.123456+00:00", scenario.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--follow --top route", "--follow and --top do not go together.")]
    [InlineData("--follow --histogram", "--follow and --histogram do not go together.")]
    [InlineData("--follow --limit 5", "--follow and --limit do not go together.")]
    [InlineData("--follow --since 1h", "--follow and --since do not go together.")]
    [InlineData("--histogram --top route", "--histogram and --top do not go together.")]
    [InlineData("--limit 0", "--limit: 0 calls cannot be shown.")]
    [InlineData("--top route --limit -1", "--limit: -1 calls cannot be shown.")]
    [InlineData("show nonsense", "'nonsense' is not a call id.")]
    public async Task Calls_WhatMakesNoSense_IsRefusedAndNothingIsAsked(string arguments, string expected)
    {
        var scenario = new CallsScenario(Page());

        var code = await scenario.RunAsync(arguments.Split(' '));

        Assert.Equal(ExitCode.Usage, code);
        Assert.StartsWith($"error: {expected}\n", scenario.Errors, StringComparison.Ordinal);
        Assert.Equal("", scenario.Asked);
    }

    [Theory]
    [InlineData("--top nonsense", "--top")]
    [InlineData("series --by nonsense", "--by")]
    public async Task Calls_UnknownDimension_NamesTheOptionAndTheFields(string arguments, string option)
    {
        var scenario = new CallsScenario("""{"status":400,"code":"bad_request","path":"by","detail":"There is no field 'nonsense'.","action":"Legal are: route, service."}""") { Status = 400 };

        var code = await scenario.RunAsync(arguments.Split(' '));

        Assert.Equal(ExitCode.Invalid, code);
        Assert.Equal($"error: {option}: There is no field 'nonsense'.\nLegal are: route, service.\n", scenario.Errors);
    }

    [Theory]
    [InlineData("--histogram", 1000)]
    [InlineData("--histogram --limit 7", 7)]
    [InlineData("--limit 5000", 1000)]
    public async Task Calls_Limit_IsWhatIsAskedFor(string arguments, int expected)
    {
        var scenario = new CallsScenario(Page());

        await scenario.RunAsync(arguments.Split(' '));

        Assert.Equal($"GET /api/v1/calls?limit={expected}", scenario.Asked);
    }

    [Fact]
    public async Task Show_IdWithDashes_IsTheSame()
    {
        var scenario = new CallsScenario(JsonSerializer.Serialize(new CallDetail(Call, []), ApiJson.Options));

        var code = await scenario.RunAsync("show", Guid.Parse(Call.Id).ToString());

        Assert.Equal(ExitCode.Ok, code);
        Assert.Equal($"GET /api/v1/calls/{Call.Id}", scenario.Asked);
    }

    private static string Page() => JsonSerializer.Serialize(new CallPage([Call], null, 1, false), ApiJson.Options);

    private static string Event() => $"event: call\ndata: {JsonSerializer.Serialize(Call, ApiJson.Options)}\n\n";

    private static List<string> Lines(CallsScenario scenario) => [.. scenario.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd())];
}
