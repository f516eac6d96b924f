using System.Text.RegularExpressions;
using Tidegate.Cli;
using Tidegate.Tests.Cli;
using Tidegate.Verbs;
using YamlDotNet.RepresentationModel;

namespace Tidegate.Tests.Docs;

/// <summary>The files for other products in docs/guides/releases.md: they are YAML, and every command line in them is understood.</summary>
public sealed partial class ReleasesGuideTests
{
    private const string Page = "docs/guides/releases.md";

    [Fact]
    public void Pipelines_CommandLines_AreUnderstood()
    {
        var line = new CommandLine(new FakeTerminal(), new FakeAdmin(_ => FakeAdmin.Json("{}")), TimeProvider.System, VerbList.Groups);
        // $( ... ) is a command line as well.
        var commands = Files().SelectMany(block => ShellLine.OfTidegate(block.Text).Select(found => found.Arguments)
            .Concat(Inner().Matches(block.Text).SelectMany(m => ShellLine.OfTidegate(m.Groups[1].Value.Replace("\"", "", StringComparison.Ordinal)).Select(found => found.Arguments)))
            .Concat(Words().Matches(block.Text).Select(m => m.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries)[1..]))).ToList();

        Assert.True(commands.Count >= 8, $"only {commands.Count} found");
        Assert.Empty(commands.SelectMany(c => line.Root.Parse(c).Errors.Select(e => $"tidegate {string.Join(' ', c)}: {e.Message}")));
    }

    [Fact]
    public void Pipelines_AreYaml()
    {
        var files = Files().ToList();
        Assert.True(files.Count >= 5);
        Assert.All(files, file => new YamlStream().Load(new StringReader(file.Text)));
    }

    private static IEnumerable<CodeBlock> Files() => DocumentationTests.Blocks(Page).Where(b => b.Language == "text" && b.Text.Contains(':', StringComparison.Ordinal) && !b.Text.StartsWith("Denied", StringComparison.Ordinal));

    [GeneratedRegex(@"\$\((tidegate [^)]*)\)")]
    private static partial Regex Inner();

    [GeneratedRegex(@"command: \[ (tidegate, [^\]]*) \]")]
    private static partial Regex Words();
}
