using Tidegate.Cli;
using Tidegate.Tests.Cli;
using Tidegate.Verbs;

namespace Tidegate.Tests.Verbs;

/// <summary><c>tidegate budgets</c>.</summary>
public sealed class BudgetsVerbTests
{
    private const string Answer = """
        {"items":[
          {"budget":"shop","each":"all","part":"","window":"month","zone":"UTC","startedAt":"2026-11-01T00:00:00Z","resetsAt":"2026-12-01T00:00:00Z",
           "tokens":{"limit":100,"used":10,"reserved":5,"left":85},"cost":{"currency":"USD","limit":1,"used":0.0000475,"reserved":0,"left":0.9999525},"unknownCost":3,"refused":2,"softReached":true},
          {"budget":"each","each":"consumer","part":"ada","window":"day","zone":"UTC","startedAt":"2026-11-22T00:00:00Z","resetsAt":"2026-11-23T00:00:00Z",
           "tokens":{"limit":7,"used":0,"reserved":0,"left":7},"cost":null,"unknownCost":0,"refused":0,"softReached":false}],
         "next":null}
        """;

    [Fact]
    public async Task Budgets_AreATable()
    {
        var terminal = await RunAsync(Answer, "budgets");
        var lines = terminal.Output.Split('\n');

        Assert.StartsWith("BUDGET", lines[0], StringComparison.Ordinal);
        Assert.Contains("10 of 100  0.0000475 of 1.00 USD", lines[1], StringComparison.Ordinal);
        Assert.Contains("consumer ada", lines[2], StringComparison.Ordinal);
        Assert.EndsWith("2026-11-23 00:00Z", lines[2].TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Budgets_None_SaysSo() =>
        Assert.Contains("There are no budgets", (await RunAsync("""{"items":[],"next":null}""", "budgets")) is var t ? t.Output + t.Errors : "", StringComparison.Ordinal);

    private static async Task<FakeTerminal> RunAsync(string answer, params string[] words)
    {
        var terminal = new FakeTerminal { Columns = 200 };
        var line = new CommandLine(terminal, new FakeAdmin(_ => FakeAdmin.Json(answer)), TimeProvider.System, VerbList.Groups);
        Assert.Equal(ExitCode.Ok, await line.RunAsync(words, TestContext.Current.CancellationToken));
        return terminal;
    }
}
