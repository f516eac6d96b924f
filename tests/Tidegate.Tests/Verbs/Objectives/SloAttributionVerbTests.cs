using System.Net;
using Tidegate.Cli;
using Tidegate.Tests.Cli;
using Tidegate.Verbs;

namespace Tidegate.Tests.Verbs.Objectives;

public sealed class SloAttributionVerbTests
{
    private const string Answer = """
        {"objective":"a/b","by":"consumer","from":"2026-03-01T00:00:00Z","until":"2026-03-02T00:00:00Z","unit":"events","whole":{"key":"","text":"","bad":100,"budget":0.5,"share":1},
        "parts":[{"key":"shop","text":"","bad":60,"budget":0.3,"share":0.6},{"key":"","text":"","bad":10,"budget":0.05,"share":0.1}],"others":{"key":"","text":"3 others","bad":5,"budget":0.025,"share":0.05},
        "rest":{"key":"","text":"","bad":25,"budget":0.125,"share":0.25},"source":"call_log","known":0.75,"reason":"The value is on record of 75 %."}
        """;

    [Fact]
    public async Task Attribution_ShowsPartsRestAndWhole()
    {
        var (code, terminal, admin) = await RunAsync(FakeAdmin.Json(Answer), "--by", "consumer", "--since", "7d");

        Assert.Equal(ExitCode.Ok, code);
        Assert.Equal("/api/v1/objectives/a%2Fb/attribution?by=consumer&from=7d&limit=20", admin.Asked.Single().Path);
        string[] lines = [.. terminal.Output.Split('\n').Select(l => string.Join(' ', l.Split(' ', StringSplitOptions.RemoveEmptyEntries)))];
        Assert.Equal(["CONSUMER BUDGET OF WHAT WAS USED EVENTS", "shop 30 % 60 % 60", "(none) 5 % 10 % 10", "(3 others) 2.5 % 5 % 5", "(not known) 12.5 % 25 % 25", "(all) 50 % 100 % 100"], lines[..6]);
        Assert.Contains("values from the call log", terminal.Errors, StringComparison.Ordinal);
        Assert.Contains("on record of 75 %", terminal.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attribution_WrongWord_NamesTheOption()
    {
        var (code, terminal, _) = await RunAsync(FakeAdmin.Problem("""{"status":400,"code":"bad_request","path":"by","detail":"What was used cannot be split by 'weather'.","action":"Use one of consumer."}""", HttpStatusCode.BadRequest), "--by", "weather");

        Assert.NotEqual(ExitCode.Ok, code);
        Assert.Contains("--by", terminal.Errors, StringComparison.Ordinal);
    }

    private static async Task<(int Code, FakeTerminal Terminal, FakeAdmin Admin)> RunAsync(HttpResponseMessage answer, params string[] words)
    {
        var terminal = new FakeTerminal();
        var admin = new FakeAdmin(_ => answer);
        var line = new CommandLine(terminal, admin, TimeProvider.System, VerbList.Groups);
        return (await line.RunAsync(["slo", "attribution", "a/b", .. words], TestContext.Current.CancellationToken), terminal, admin);
    }
}
