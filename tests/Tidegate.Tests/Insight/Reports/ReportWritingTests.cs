using System.Text.Json;
using System.Text.RegularExpressions;
using Tidegate.Insight.Reports;
using Tidegate.Insight.Reports.Writing;
using Tidegate.Platform.Hosting;
using Tidegate.Tests.Golden;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Reports;

/// <summary>The same March as JSON, Markdown and HTML.</summary>
public sealed partial class ReportWritingTests : IAsyncLifetime
{
    private static readonly JsonSerializerOptions Indented = new(ApiJson.Options) { WriteIndented = true };

    private readonly SqliteTestDatabase _database = new();
    private ReportNode _node = null!;

    public async ValueTask InitializeAsync() => _node = await ReportNode.StartAsync(_database);

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Theory]
    [InlineData("budget", ReportKind.Budget)]
    [InlineData("sla", ReportKind.Sla)]
    [InlineData("monthly", ReportKind.Monthly)]
    public async Task Report_IsAsRecorded(string name, ReportKind kind)
    {
        var report = await _node.MakeAsync(kind, kind == ReportKind.Sla ? null : "orders");

        GoldenFile.Check($"Reports/{name}.json", JsonSerializer.Serialize(report, Indented) + "\n");
        GoldenFile.Check($"Reports/{name}.md", MarkdownReport.Write(ReportPages.Of(report)));
        GoldenFile.Check($"Reports/{name}.html", HtmlReport.Write(ReportPages.Of(report)));
    }

    // Objectives over one indicator leave out the same events: their sum would be of nothing. Others count slices.
    [Fact]
    public async Task Excluded_OfSeveralObjectives_IsToldOfEach()
    {
        await using var database = new SqliteTestDatabase();
        var work = ReportNode.Documents[..ReportNode.Documents.IndexOf("---", StringComparison.Ordinal)];
        var documents = ReportNode.Documents.Replace("slos: [orders-work]", "slos: [orders-work, orders-again, orders-fast]", StringComparison.Ordinal) + "\n---\n" + work.Replace("name: orders-work", "name: orders-again", StringComparison.Ordinal);
        await using var node = await ReportNode.StartAsync(database, documents);

        var text = MarkdownReport.Write(ReportPages.Of(await node.MakeAsync(ReportKind.Monthly, "orders")));

        Assert.Contains("| Minutes | Objective | Bad | All | Unit |", text, StringComparison.Ordinal);
        Assert.Contains("| 60 | orders-again | 6,000 | 6,000 | events |", text, StringComparison.Ordinal);
        Assert.Contains("| 60 | orders-work | 6,000 | 6,000 | events |", text, StringComparison.Ordinal);
        Assert.Contains("| 60 | orders-fast | 60 | 60 | slices |", text, StringComparison.Ordinal);
        Assert.DoesNotContain("12,000", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Html_NeedsNothingElse_AndTakesNamesForText()
    {
        var html = HtmlReport.Write(ReportPages.Of(await _node.MakeAsync(ReportKind.Monthly)));

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
        Assert.Contains("ACME &lt;script&gt;alert(1)&lt;/script&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotMatch(Fetching(), html);
    }

    [Fact]
    public async Task Markdown_TakesNamesForText()
    {
        var text = MarkdownReport.Write(ReportPages.Of(await _node.MakeAsync(ReportKind.Monthly)));

        Assert.Contains(@"Orders \<b\>work\</b\> \| \*always\* (orders-work)", text, StringComparison.Ordinal);
        // Every row has as many cells as its head.
        foreach (var table in Tables().Matches(text).Select(m => m.Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)))
            Assert.Single(table.Select(row => Bar().Count(row)).Distinct());
    }

    // A composite is promised for no single service, and a month may have one slice.
    [Fact]
    public async Task Objective_OfNoServiceWithOneSlice_ReadsAsASentence()
    {
        var report = await _node.MakeAsync(ReportKind.Budget);
        var one = report.Objectives.Single(o => o.Id == "orders-fast");
        report = report with { Objectives = [one with { Service = "", Good = "both, weighted", Adjusted = one.Adjusted with { Bad = 0, Total = 1 } }] };

        var text = MarkdownReport.Write(ReportPages.Of(report));

        Assert.Contains("both, weighted; promised: 99 %.", text, StringComparison.Ordinal);
        Assert.Contains("0 of 1 slice bad:", text, StringComparison.Ordinal);
        Assert.Contains("| 0 of 1 slice |", text, StringComparison.Ordinal);
    }

    // The buffer is how much sooner the objective is missed: once the agreement is broken, none of it is left.
    [Fact]
    public async Task Sla_Broken_ShowsNoBuffer()
    {
        var text = MarkdownReport.Write(ReportPages.Of(await _node.MakeAsync(ReportKind.Sla)));

        Assert.Contains("| orders-work 99.9 % | **used up** |", text.Split('\n').Single(l => l.StartsWith("| gold", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("| 4,419.36 minutes |", text.Split('\n').Single(l => l.StartsWith("| bronze", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [GeneratedRegex("(src|href|url|@import)\\s*[=(]", RegexOptions.IgnoreCase)]
    private static partial Regex Fetching();

    [GeneratedRegex("(^\\|.*\\n)+", RegexOptions.Multiline)]
    private static partial Regex Tables();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Bar();
}
