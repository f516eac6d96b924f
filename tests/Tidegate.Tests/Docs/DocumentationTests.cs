using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tidegate.Cli;
using Tidegate.Core.Resources.Reading;
using Tidegate.Insight.CallLog;
using Tidegate.Tests.Cli;
using Tidegate.Tests.Support;
using Tidegate.Verbs;

namespace Tidegate.Tests.Docs;

/// <summary>What a reader of README and docs may copy works: command lines are read by the real parser, documents by the real reader, filters by the real language.</summary>
public sealed partial class DocumentationTests
{
    public static TheoryData<string> Pages => [.. PageNames()];

    [Theory]
    [MemberData(nameof(Pages))]
    public void CommandLines_OfAPage_AreUnderstood(string page)
    {
        var line = new CommandLine(new FakeTerminal(), new FakeAdmin(_ => FakeAdmin.Json("{}")), TimeProvider.System, VerbList.Groups);
        var wrong = Blocks(page).Where(block => block.IsShell)
            .SelectMany(block => ShellLine.OfTidegate(block.Text).Select(found => (Place: $"{page}:{block.Line + found.Line}", found.Arguments)))
            .SelectMany(found => line.Root.Parse(found.Arguments).Errors.Select(error => $"{found.Place}: tidegate {string.Join(' ', found.Arguments)}: {error.Message}"));

        Assert.Empty(wrong);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Documents_OfAPage_AreAccepted(string page)
    {
        // The documents of a page belong together: a route finds its service.
        var texts = Blocks(page).Where(block => block.Language == "yaml").Select(block => new SourceText(block.Place, new string('\n', block.Line - 1) + block.Text)).ToList();

        Assert.Empty(DocumentReader.Read(texts).Findings.Select(finding => finding.ToString()));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void JsonAndFilters_OfAPage_CanBeRead(string page)
    {
        foreach (var block in Blocks(page).Where(block => block.Language == "json")) JsonNode.Parse(block.Text);
        foreach (var block in Blocks(page).Where(block => block.Language == "filter")) Assert.All(block.Text.Split('\n'), filter => CallFilter.Parse(filter));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Languages_OfAPage_AreOnesThatAreChecked(string page) =>
        Assert.All(Blocks(page), block => Assert.Contains(block.Language, new[] { "", "sh", "console", "yaml", "json", "sql", "filter", "text" }));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_OfAPage_LeadSomewhere(string page)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, page))!;
        var targets = Link().Matches(File.ReadAllText(Path.Combine(Repository.Root, page))).Select(match => match.Groups[1].Value.Split('#')[0])
            .Where(target => target.Length > 0 && !target.Contains("://", StringComparison.Ordinal));

        var broken = targets.Where(target => !Path.Exists(Path.Combine(folder, target))).Select(target => $"{page} links to {target}").ToList();
        Assert.Empty(broken);
    }

    [Fact]
    public void Pages_HaveExamplesToCheck()
    {
        var blocks = PageNames().SelectMany(Blocks).ToList();

        Assert.True(blocks.Where(block => block.IsShell).SelectMany(block => ShellLine.OfTidegate(block.Text)).Count() > 10);
        Assert.Contains(blocks, block => block.Language == "filter");
    }

    internal static IEnumerable<CodeBlock> Blocks(string page) => CodeBlock.Of(page, File.ReadAllLines(Path.Combine(Repository.Root, page)));

    private static IEnumerable<string> PageNames() =>
        new[] { "docs", "bench", "demo" }.SelectMany(folder => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.md", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Repository.Root, file)).Where(page => !page.Contains("/bin/", StringComparison.Ordinal) && !page.Contains("/obj/", StringComparison.Ordinal))
            .Concat(["README.md", "CONTRIBUTING.md", "SECURITY.md"]).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
