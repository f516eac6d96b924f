using System.Text.Json.Nodes;
using Tidegate.Cli;
using Tidegate.Tests.Cli;

namespace Tidegate.Tests.Verbs.Calls;

public sealed class CallsSeriesVerbTests
{
    private const string Answer = """
        {"from":"2026-11-22T10:00:00+00:00","until":"2026-11-22T10:03:00+00:00","step":"1m","by":"route","lines":[
          {"key":"orders","rest":false,"points":[
            {"at":"2026-11-22T10:00:00+00:00","numbers":{"count":10,"errors":1,"errorRatio":0.1,"p50Us":1000,"p90Us":2000,"p95Us":3000,"p99Us":4000,"maxUs":5000,"totalUs":9,"requestBytes":0,"responseBytes":0}},
            {"at":"2026-11-22T10:01:00+00:00","numbers":{"count":0,"errors":0,"errorRatio":null,"p50Us":null,"p90Us":null,"p95Us":null,"p99Us":null,"maxUs":null,"totalUs":0,"requestBytes":0,"responseBytes":0}},
            {"at":"2026-11-22T10:02:00+00:00","numbers":{"count":20,"errors":0,"errorRatio":0,"p50Us":2000,"p90Us":2000,"p95Us":3000,"p99Us":1500000,"maxUs":1600000,"totalUs":9,"requestBytes":0,"responseBytes":0}}]},
          {"key":null,"rest":true,"points":[
            {"at":"2026-11-22T10:00:00+00:00","numbers":{"count":1,"errors":0,"errorRatio":0,"p50Us":7,"p90Us":7,"p95Us":7,"p99Us":7,"maxUs":7,"totalUs":7,"requestBytes":0,"responseBytes":0}},
            {"at":"2026-11-22T10:01:00+00:00","numbers":{"count":0,"errors":0,"errorRatio":null,"p50Us":null,"p90Us":null,"p95Us":null,"p99Us":null,"maxUs":null,"totalUs":0,"requestBytes":0,"responseBytes":0}},
            {"at":"2026-11-22T10:02:00+00:00","numbers":{"count":0,"errors":0,"errorRatio":null,"p50Us":null,"p90Us":null,"p95Us":null,"p99Us":null,"maxUs":null,"totalUs":0,"requestBytes":0,"responseBytes":0}}]}]}
        """;

    [Fact]
    public async Task Series_ByRoute_IsATableOfTheStepsThatHaveCalls()
    {
        var scenario = new CallsScenario(Answer);

        var code = await scenario.RunAsync("series", "--step", "1m", "--by", "route", "--since", "1h");

        Assert.Equal(ExitCode.Ok, code);
        Assert.Equal("GET /api/v1/calls/series?since=1h&step=1m&by=route&limit=10", scenario.Asked);
        Assert.Equal(
            [
                "TIME                  ROUTE    CALLS  ERRORS     P50     P90     P95     P99",
                "2026-11-22 10:00:00Z  orders      10  10.0 %  1.0 ms  2.0 ms  3.0 ms  4.0 ms",
                "2026-11-22 10:00:00Z  (other)      1   0.0 %    7 us    7 us    7 us    7 us",
                "2026-11-22 10:02:00Z  orders      20   0.0 %  2.0 ms  2.0 ms  3.0 ms  1.50 s",
            ],
            scenario.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd()));
    }

    [Fact]
    public async Task Series_OnATerminal_DrawsEveryMeasureOfEverySeries()
    {
        var scenario = new CallsScenario(Answer) { Terminal = new FakeTerminal { OutIsTerminal = true, Variables = { ["NO_COLOR"] = "1", ["TERM"] = "dumb" } } };

        await scenario.RunAsync("series", "--by", "route");

        Assert.EndsWith(
            """

            2026-11-22 10:00:00Z to 10:03:00Z, 1m per bar
            orders  30 calls, 3.3 % errors
              calls   ▅▁█  0 to 20
              errors  █ ▁  0.0 % to 10.0 %
              p50     ▅ █  1.0 ms to 2.0 ms
              p90     █ █  2.0 ms
              p95     █ █  3.0 ms
              p99     ▂ █  4.0 ms to 1.50 s
            (other)  1 call, 0.0 % errors
              calls   █▁▁  0 to 1
              errors  ▁    0.0 %
              p50     █    7 us
              p90     █    7 us
              p95     █    7 us
              p99     █    7 us

            """,
            scenario.Output);
    }

    [Fact]
    public async Task Series_Json_IsTheAnswerOfTheApi()
    {
        var scenario = new CallsScenario(Answer);

        await scenario.RunAsync("series", "-o", "json", "--where", "status >= 500", "--until", "2026-11-22T10:03:00Z", "--series", "3");

        Assert.Equal("GET /api/v1/calls/series?where=status >= 500&until=2026-11-22T10:03:00Z&limit=3", scenario.Asked);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Answer), JsonNode.Parse(scenario.Output)), scenario.Output);
    }

    [Fact]
    public async Task Series_WithoutCalls_SaysSo()
    {
        var scenario = new CallsScenario("""{"from":"2026-11-22T10:00:00+00:00","until":"2026-11-22T10:03:00+00:00","step":"1m","by":"route","lines":[]}""");

        var code = await scenario.RunAsync("series", "--by", "route");

        Assert.Equal(ExitCode.Ok, code);
        Assert.Empty(scenario.Output);
        Assert.Contains("No such calls", scenario.Errors);
    }
}
