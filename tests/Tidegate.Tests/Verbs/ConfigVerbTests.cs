using Tidegate.Cli;
using Tidegate.Tests.Cli;
using Tidegate.Verbs;

namespace Tidegate.Tests.Verbs;

/// <summary>What verbs of the configuration say of answers.</summary>
public sealed class ConfigVerbTests
{
    private const string Finding = """{"severity":"error","code":"secret_not_found","resource":"Route/a","path":"spec.x","message":"${env:GONE} is not there.","source":null}""";

    private const string Applied = """
        {"revision":{"number":4,"parent":3,"author":"ada","message":"","time":"2026-03-01T00:00:00Z","hash":"h","summary":"1 added, 0 changed, 0 removed"},
         "changed":true,"findings":[],"refused":REFUSED}
        """;

    [Fact]
    public async Task Apply_NodeRefusesTheRevision_FailsWithTheFindingsAndTheWayBack()
    {
        var (code, terminal) = await RunAsync(Applied.Replace("REFUSED", $$"""{"serving":3,"findings":[{{Finding}}]}""", StringComparison.Ordinal), "apply", "-");

        Assert.Equal(ExitCode.Invalid, code);
        Assert.Equal(
            "error: Revision 4 is stored but this node refused it; revision 3 goes on serving.\n  error: Route/a spec.x: ${env:GONE} is not there.\n"
            + "Correct it and apply again, or roll back with 'tidegate rollback 3'.\n",
            terminal.Errors);
    }

    [Fact]
    public async Task Apply_NodeTakesTheRevision_IsOk()
    {
        var (code, terminal) = await RunAsync(Applied.Replace("REFUSED", "null", StringComparison.Ordinal), "apply", "-", "--allow-empty");

        Assert.Equal((ExitCode.Ok, ""), (code, terminal.Errors));
    }

    [Fact]
    public async Task Plan_ManyObjectsDiffer_ShowsTheFirstAndHowManyMore_UnlessAllAreAskedFor()
    {
        var asked = new List<string>();
        const string Answer = """
            {"parent":3,"valid":true,"summary":"500 added, 0 changed, 0 removed","total":500,"findings":[],
             "changes":[{"id":"Route/a","kind":"added","keys":[{"path":"spec.service","old":null,"new":"\"web\""}]}]}
            """;

        var (code, terminal) = await RunAsync(Answer, asked, "plan", "-", "--allow-empty");
        var (check, _) = await RunAsync(Answer, asked, "plan", "-", "--allow-empty", "--check", "--all");
        await RunAsync(Answer, asked, "plan", "-", "--allow-empty", "--output", "json");

        Assert.Equal((ExitCode.Ok, ExitCode.Found), (code, check));
        Assert.Equal("+ Route/a\n    spec.service: \"web\"\n", terminal.Output);
        Assert.Equal("... and 499 more: --all shows them.\n500 added, 0 changed, 0 removed, compared with revision 3.\n", terminal.Errors);
        Assert.Equal(["/api/v1/config/plan?limit=100", "/api/v1/config/plan", "/api/v1/config/plan"], asked);
    }

    [Fact]
    public async Task Status_RevisionAndDirectoryRefused_OneFindingPerLine()
    {
        var answer = $$"""
            {"ready":false,"reasons":["No configuration in force."],
             "process":{"version":"1","commit":null,"machine":"m","processId":1,"startedAt":"2026-03-01T00:00:00Z","uptimeSeconds":1,"workingSetBytes":1},
             "configuration":{"revision":3,"generation":9,"overlays":[],"rejected":[{{Finding}},{{Finding}}],"rejectedRevision":4,"directory":"/etc/tg","directoryRefused":[{{Finding}}]},
             "destinations":[],"modules":[]}
            """;

        var (_, terminal) = await RunAsync(answer, "status");

        const string Line = "  error: Route/a spec.x: ${env:GONE} is not there.\n";
        Assert.Contains("\nRevision 4 was refused by this node, revision 3 goes on serving:\n" + Line + Line, terminal.Output, StringComparison.Ordinal);
        Assert.Contains("\n/etc/tg was refused:\n" + Line, terminal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("u000a", terminal.Output, StringComparison.Ordinal);
    }

    private static Task<(int Code, FakeTerminal Terminal)> RunAsync(string answer, params string[] words) => RunAsync(answer, [], words);

    private static async Task<(int Code, FakeTerminal Terminal)> RunAsync(string answer, List<string> asked, params string[] words)
    {
        var terminal = new FakeTerminal();
        var admin = new FakeAdmin(_ => FakeAdmin.Json(answer));
        var line = new CommandLine(terminal, admin, TimeProvider.System, VerbList.Groups);
        var code = await line.RunAsync(words, TestContext.Current.CancellationToken);
        asked.AddRange(admin.Asked.Select(a => a.Path));
        return (code, terminal);
    }
}
