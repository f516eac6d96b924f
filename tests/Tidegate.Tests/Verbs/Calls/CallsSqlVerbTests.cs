using System.Text.Json.Nodes;
using Tidegate.Cli;
using Tidegate.Tests.Cli;

namespace Tidegate.Tests.Verbs.Calls;

public sealed class CallsSqlVerbTests
{
    private const string Answer = """
        {"columns":[{"name":"route","type":"VARCHAR"},{"name":"calls","type":"BIGINT"},{"name":"at","type":"TIMESTAMP"}],
         "rows":[["orders",12,"2026-11-22T10:00:00Z"],[null,3456,"2026-11-22T10:01:00Z"]],"truncated":false,"elapsedMs":214}
        """;

    [Fact]
    public async Task Sql_Rows_AreATableWithNumbersToTheRightAndNullsNamed()
    {
        var scenario = new CallsScenario(Answer);

        var code = await scenario.RunAsync("sql", "select route, count(*) as calls from calls");

        Assert.Equal(ExitCode.Ok, code);
        Assert.Equal("POST /api/v1/calls/sql", scenario.Asked);
        Assert.Equal("select route, count(*) as calls from calls", (string?)scenario.Sent!["query"]);
        Assert.Equal(
            ["route   calls  at", "orders     12  2026-11-22T10:00:00Z", "NULL     3456  2026-11-22T10:01:00Z"],
            scenario.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd()));
        Assert.Empty(scenario.Errors);
    }

    [Fact]
    public async Task Sql_Json_IsTheAnswerOfTheApi()
    {
        var scenario = new CallsScenario(Answer);

        await scenario.RunAsync("sql", "from calls", "-o", "json");

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Answer), JsonNode.Parse(scenario.Output)), scenario.Output);
    }

    [Fact]
    public async Task Sql_Yaml_HasTheKeysOfTheApi()
    {
        var scenario = new CallsScenario(Answer);

        await scenario.RunAsync("sql", "from calls", "-o", "yaml");

        Assert.StartsWith("columns:\n  - name: route\n    type: VARCHAR\n", scenario.Output, StringComparison.Ordinal);
        Assert.EndsWith("truncated: false\nelapsedMs: 214\n", scenario.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sql_RowsAndLimit_AreAskedOfTheApi()
    {
        var scenario = new CallsScenario(Answer);

        await scenario.RunAsync("sql", "from calls", "--rows", "5", "--limit", "30s");

        Assert.Equal((5, "30s"), ((int)scenario.Sent!["maxRows"]!, (string)scenario.Sent["limit"]!));
    }

    [Fact]
    public async Task Sql_Dash_ReadsTheQueryFromStandardInput()
    {
        var scenario = new CallsScenario(Answer) { Terminal = new FakeTerminal { In = new StringReader("select *\nfrom calls -- all\n") } };

        var code = await scenario.RunAsync("sql", "-");

        Assert.Equal(ExitCode.Ok, code);
        Assert.Equal("select *\nfrom calls -- all\n", (string?)scenario.Sent!["query"]);
    }

    [Fact]
    public async Task Sql_DashWithoutInput_SaysWhatToDoAndAsksNothing()
    {
        var scenario = new CallsScenario(Answer) { Terminal = new FakeTerminal { In = new StringReader(" \n") } };

        var code = await scenario.RunAsync("sql", "-");

        Assert.Equal(ExitCode.Usage, code);
        Assert.Equal("", scenario.Asked);
        Assert.Contains("There is no query on standard input.", scenario.Errors);
        Assert.Contains("tidegate calls sql - < query.sql", scenario.Errors);
    }

    [Theory]
    [InlineData(2, "Only the first 2 rows are shown: there are more. Ask for more with --rows (100000 at most), or for fewer in the query.")]
    [InlineData(1_000, "Only the first 2 rows are shown: more do not fit into one answer. Ask for fewer columns or rows in the query.")]
    public async Task Sql_Truncated_SaysOnStandardErrorWhyAndWhatToDo(int rows, string expected)
    {
        var scenario = new CallsScenario(Answer.Replace("\"truncated\":false", "\"truncated\":true", StringComparison.Ordinal));

        var code = await scenario.RunAsync("sql", "from calls", "--rows", $"{rows}");

        Assert.Equal(ExitCode.Ok, code);
        Assert.Equal(expected + "\n", scenario.Errors);
        Assert.DoesNotContain("Only", scenario.Output);
    }

    [Fact]
    public async Task Sql_TruncatedForPrograms_IsInTheAnswerAndSaidToo()
    {
        var scenario = new CallsScenario(Answer.Replace("\"truncated\":false", "\"truncated\":true", StringComparison.Ordinal));

        await scenario.RunAsync("sql", "from calls", "--rows", "2", "-o", "json");

        Assert.True((bool)JsonNode.Parse(scenario.Output)!["truncated"]!);
        Assert.Contains("Only the first 2 rows", scenario.Errors);
    }

    [Fact]
    public async Task Sql_NoRows_ShowsTheColumnsAndSaysSo()
    {
        var scenario = new CallsScenario("""{"columns":[{"name":"route","type":"VARCHAR"}],"rows":[],"truncated":false,"elapsedMs":3}""");

        var code = await scenario.RunAsync("sql", "from calls");

        Assert.Equal(ExitCode.Ok, code);
        Assert.Equal("route", scenario.Output.Trim());
        Assert.Equal("No rows.\n", scenario.Errors);
    }

    [Fact]
    public async Task Sql_Refused_ShowsWhyAndWhatWouldBeAllowed()
    {
        var scenario = new CallsScenario("""{"status":400,"code":"bad_request","path":"query","detail":"Only a SELECT is allowed.","action":"Reading is all that can be done."}""") { Status = 400 };

        var code = await scenario.RunAsync("sql", "drop table calls");

        Assert.Equal(ExitCode.Invalid, code);
        Assert.Equal("error: query: Only a SELECT is allowed.\nReading is all that can be done.\n", scenario.Errors);
    }

    [Fact]
    public async Task Sql_LimitThatIsANumber_NamesTheFlagForRows()
    {
        var scenario = new CallsScenario(Answer);

        var code = await scenario.RunAsync("sql", "from calls", "--limit", "20");

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("--limit: '20' is not a duration, such as 30s; how many rows is --rows.", scenario.Errors);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sql_WiderThanTheTerminal_IsShownRowByRow(bool terminal)
    {
        var names = Enumerable.Range(1, 20).Select(i => $"column_{i:00}").ToList();
        var answer = new JsonObject
        {
            ["columns"] = new JsonArray([.. names.Select(n => new JsonObject { ["name"] = n, ["type"] = "VARCHAR" })]),
            ["rows"] = new JsonArray(new JsonArray([.. names.Select(n => JsonValue.Create("of " + n))])),
            ["truncated"] = false,
            ["elapsedMs"] = 1,
        };
        var scenario = new CallsScenario(answer.ToJsonString()) { Terminal = new FakeTerminal { OutIsTerminal = terminal, Variables = { ["NO_COLOR"] = "1", ["TERM"] = "dumb" }, Columns = terminal ? 120 : 10_000 } };

        await scenario.RunAsync("sql", "from calls");

        var lines = scenario.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd()).ToList();
        if (terminal) Assert.Equal(["row 1", .. names.Select(n => $"  {n}  of {n}")], lines);
        else Assert.Equal(2, lines.Count);
    }

    [Fact]
    public async Task Sql_ControlCharactersInColumnsAndValues_AreShownNotObeyed()
    {
        var scenario = new CallsScenario("""{"columns":[{"name":"\u001b[2J","type":"VARCHAR"}],"rows":[["\u001b[31mred"]],"truncated":false,"elapsedMs":3}""");

        await scenario.RunAsync("sql", "from calls");

        Assert.DoesNotContain('\u001b', scenario.Output);
        Assert.Contains("\\u001b[31mred", scenario.Output);
    }
}
