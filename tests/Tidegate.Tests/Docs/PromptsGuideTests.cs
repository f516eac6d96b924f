using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tidegate.Cli;
using Tidegate.Core.Prompts;
using Tidegate.Core.Prompts.Templates;
using Tidegate.Tests.Prompts;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Docs;

/// <summary>docs/guides/prompts.md runs as it stands there: its documents on a node, its commands, its calls.</summary>
public sealed partial class PromptsGuideTests
{
    private const string Page = "docs/guides/prompts.md";

    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, Page));

    [Fact]
    public async Task Guide_RunsAsItStandsThere()
    {
        await using var node = await ModelNode.StartAsync();
        var documents = string.Join("\n---\n", DocumentationTests.Blocks(Page).Where(b => b.Language == "yaml").Select(b => b.Text));
        // Open to anybody here: keys have pages of their own.
        var (code, terminal) = await node.RunWithAsync(documents.Replace("models: {}", "models: {}\n  identify: { anonymous: true }", StringComparison.Ordinal), "apply", "-");
        Assert.Equal((ExitCode.Ok, ""), (code, terminal.Errors));

        var (path, body) = Curl().Match(Text) is var curl ? (curl.Groups["path"].Value, curl.Groups["body"].Value) : default;
        var answer = await node.CallAsync(path, body);
        Assert.Equal(("This customer waits an hour at most.\n<ticket>I was charged twice.</ticket>", "2"), ((string?)answer["text"], (string?)answer["version"])); // the fake model repeats what it is asked

        var shown = DocumentationTests.Blocks(Page).Where(b => b.Language == "json").Select(b => JsonNode.Parse(b.Text)!).ToList();
        Assert.Equal(shown[0].AsObject().Select(p => p.Key), answer.AsObject().Select(p => p.Key));
        var problem = await node.CallAsync(path, """{"plan":"silver"}""");
        Assert.Equal(shown[1]["errors"]!.ToJsonString(), problem["errors"]!.ToJsonString());
        Assert.Equal(shown[1].AsObject().Select(p => p.Key), problem.AsObject().Select(p => p.Key));

        var commands = DocumentationTests.Blocks(Page).Where(b => b.IsShell).SelectMany(b => ShellLine.OfTidegate(b.Text)).Select(found => found.Arguments).ToList();
        Assert.True(commands.Count >= 8);
        foreach (var arguments in commands)
        {
            (code, terminal) = await node.RunAsync(arguments);
            Assert.True(code == ExitCode.Ok, $"tidegate {string.Join(' ', arguments)}: {code}\n{terminal.Errors}");
        }

        Assert.Equal("2", (string?)(await node.CallAsync(path, body))["version"]); // released, and rolled back
    }

    [Fact]
    public void LimitsTagsAndFilters_AreThoseOfTheCode()
    {
        foreach (var text in (string[])[$"{PromptLimits.MostOfTemplate:N0} characters", $"{PromptLimits.Deepest} blocks deep", $"{PromptLimits.MostRendered:N0} characters", $"{PromptLimits.MostSteps:N0} steps", string.Join(", ", TemplateFilters.Names.Select(n => $"`{n}`"))])
            Assert.Contains(text, Text, StringComparison.Ordinal);
        Assert.All(TemplateEngine.Tags, tag => Assert.Contains(tag is "break" or "continue" ? $"`{tag}`" : $"{{% {tag}", Text, StringComparison.Ordinal));
    }

    [GeneratedRegex("curl http://localhost:8080(?<path>\\S+) .*-d '(?<body>[^']*)'")]
    private static partial Regex Curl();
}
