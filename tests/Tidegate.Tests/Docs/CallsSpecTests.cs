using Microsoft.Extensions.DependencyInjection;
using Tidegate.Cli;
using Tidegate.Core.Calls;
using Tidegate.Insight.CallLog;
using Tidegate.Insight.CallLog.Filter;
using Tidegate.Insight.CallLog.Segments;
using Tidegate.Tests.Cli;
using Tidegate.Tests.Insight.CallLog.Support;
using Tidegate.Tests.Support;
using Tidegate.Verbs;

namespace Tidegate.Tests.Docs;

/// <summary>docs/specs/calls.md lists everything there is, and its examples run against a call log.</summary>
public sealed class CallsSpecTests
{
    private const string Page = "docs/specs/calls.md";

    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, Page));

    [Fact]
    public void Fields_AllOfThem_AreDescribedWithTheirColumns() => AreThere(CallFields.All.Select(field => $"| `{field.Name}` | `{field.Column}` |"));

    [Fact]
    public void Columns_OfTheViews_AreAllNamed() =>
        AreThere(CallColumn.All.Where(column => column.View is not null).Select(column => column.Name).Concat(AttemptColumn.All.Select(column => column.Name)).Select(name => $"`{name}`"));

    [Fact]
    public void Words_OfOutcomesDropsAndMeasures_AreAllNamed() => AreThere([.. CallOutcomes.All.Concat(CallDropReasons.Words).Concat(CallMeasures.Words).Select(word => $"`{word}`")]);

    [Fact]
    public void Limits_AreThoseOfTheCode() => AreThere(
    [
        $"{SqlQuestion.MostRows:N0} rows", "1,000 rows by default", "32 MiB", $"{CallSeriesQuery.MaxPoints:N0} points", $"{LiveCalls.Minutes} minutes", "1/128",
        $"{new CallLogOptions { Directory = "" }.QueueRecords:N0} records",
    ]);

    [Fact]
    public async Task Examples_RunAgainstACallLog()
    {
        await using var host = await CallLogHost.StartAsync(services => services.AddSingleton(TestCallLog.WorkerCommand));
        await host.WriteAsync(SampleCalls.Ordinary(TimeProvider.System.GetUtcNow()), SampleCalls.Failed(TimeProvider.System.GetUtcNow()));
        var examples = DocumentationTests.Blocks(Page).Where(block => block.IsShell).SelectMany(block => ShellLine.OfTidegate(block.Text)).Select(found => found.Arguments)
            .Where(arguments => !arguments.Contains("--follow") && !arguments.Contains("show")).ToList();
        Assert.True(examples.Count > 5);
        foreach (var arguments in examples) await RunAsync(host, arguments);
        foreach (var block in DocumentationTests.Blocks(Page).Where(block => block.Language == "sql")) await RunAsync(host, ["calls", "sql", block.Text]);
    }

    private static void AreThere(IEnumerable<string> texts)
    {
        var missing = texts.Where(text => !Text.Contains(text, StringComparison.Ordinal)).ToList();
        Assert.Empty(missing);
    }

    private static async Task RunAsync(CallLogHost host, string[] arguments)
    {
        var terminal = new FakeTerminal { Variables = { ["TIDEGATE_ADDRESS"] = host.Client.BaseAddress!.GetLeftPart(UriPartial.Authority) }, In = new StringReader("from calls select count(*)") };
        using var network = Network.Handler();
        var code = await new CommandLine(terminal, network, TimeProvider.System, VerbList.Groups).RunAsync(arguments, TestContext.Current.CancellationToken);
        Assert.True(code == ExitCode.Ok, $"tidegate {string.Join(' ', arguments)}: {code}\n{terminal.Errors}");
        Assert.NotEmpty(terminal.Output);
    }
}
