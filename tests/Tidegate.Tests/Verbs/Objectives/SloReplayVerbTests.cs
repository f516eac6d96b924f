using Tidegate.Cli;
using Tidegate.Tests.Cli;
using Tidegate.Verbs;

namespace Tidegate.Tests.Verbs.Objectives;

public sealed class SloReplayVerbTests
{
    private const string Answer = """
        {"progress":{"done":0.5,"objective":"orders"}}
        {"replay":{"from":"2026-03-01T00:00:00Z","until":"2026-03-02T00:00:00Z","notJudged":{"other":"It has no indicator."},"objectives":[{"id":"orders","slo":"orders","displayName":"Orders","good":"calls answered","target":0.999,"reason":"","history":[{"source":"series","from":"2026-03-01T12:00:00Z","until":"2026-03-02T00:00:00Z","minutes":720}],"minutesWithData":720,"minutes":1440,"unit":"events","bad":40,"total":80000,"ratio":0.9995,"budgetLeft":0.5,"rawBudgetLeft":0.5,"leastBudgetLeft":0.4,"excluded":[],"wouldHave":[{"severity":"page","firedAt":"2026-03-01T13:00:00Z","resolvedAt":"2026-03-01T13:10:00Z","seconds":600,"condition":"14.4x over 1h and 5m","burn":20,"budgetLeft":0.8,"withinSeconds":300}],"did":[{"id":"a","severity":"ticket","firedAt":"2026-03-01T12:30:00Z","resolvedAt":null,"seconds":41400,"condition":"3x over 1d and 2h","burn":4,"budgetLeft":0.9,"withinSeconds":0}]}]}}
        """;

    [Fact]
    public async Task Replay_ShowsWhatWouldHaveAlertedBesideWhatDid()
    {
        var (code, terminal, admin) = await RunAsync(Answer);

        Assert.Equal(ExitCode.Ok, code);
        Assert.Equal("/api/v1/objectives/replay", admin.Asked.Single().Path);
        Assert.Contains("720 of 1440 minutes have data (50 %): exact counts from 2026-03-01 12:00:00Z", terminal.Output, StringComparison.Ordinal);
        Assert.Contains("50 % at the end, 40 % at its least", terminal.Output, StringComparison.Ordinal);
        var rows = terminal.Output.Split('\n').Where(l => l.StartsWith("did  ", StringComparison.Ordinal) || l.StartsWith("would have  ", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, rows.Count);
        Assert.Matches(@"^did\s+ticket\s+2026-03-01 12:30:00Z\s+fires at the end\s+11h30m\s+3x over 1d and 2h\s+90 %", rows[0]);
        Assert.Matches(@"^would have\s+page\s+2026-03-01 13:00:00Z \(within 5m\)\s+2026-03-01 13:10:00Z\s+10m\s+14.4x over 1h and 5m\s+80 %", rows[1]);
        Assert.Contains("other is not judged: It has no indicator.", terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_Refused_FailsWithTheProblem()
    {
        var (code, terminal, _) = await RunAsync("""{"problem":{"status":400,"code":"bad_request","path":"since","detail":"That are 500 days.","action":"Ask for at most 400 days."}}""");

        Assert.Equal(ExitCode.Invalid, code);
        Assert.Contains("That are 500 days.", terminal.Errors, StringComparison.Ordinal);
    }

    private static async Task<(int Code, FakeTerminal Terminal, FakeAdmin Admin)> RunAsync(string answer)
    {
        using var reader = new StringReader("kind: SLO");
        var terminal = new FakeTerminal { In = reader };
        var admin = new FakeAdmin(_ => FakeAdmin.Json(answer, type: "application/x-ndjson"));
        var line = new CommandLine(terminal, admin, TimeProvider.System, VerbList.Groups);
        return (await line.RunAsync(["slo", "replay", "-"], TestContext.Current.CancellationToken), terminal, admin);
    }
}
