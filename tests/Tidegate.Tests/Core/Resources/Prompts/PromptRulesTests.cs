using Tidegate.Core.Resources.Prompts;
using Tidegate.Core.Resources.Reading;
using Tidegate.Core.Resources.Writing;

namespace Tidegate.Tests.Core.Resources.Prompts;

/// <summary>What is said of prompts when they are planned.</summary>
public sealed class PromptRulesTests
{
    private const string Around = """
        apiVersion: tidegate/v1
        kind: Provider
        metadata: { name: house }
        spec: { vendor: openai-compatible, address: "http://a:1/v1" }
        ---
        apiVersion: tidegate/v1
        kind: Model
        metadata: { name: fast }
        spec: { targets: [ { provider: house, model: m } ] }
        ---
        apiVersion: tidegate/v1
        kind: Route
        metadata: { name: models }
        spec: { match: { path: "/v1/{**rest}" }, models: {} }

        """;

    private const string Good = """
        release: 1
        versions:
        - version: 1
          model: fast
          messages:
          - { role: system, template: "Be brief." }
          - template: |
              Sort this:
              {{ text }}
          variables:
          - { name: text, maxLength: 50 }
          examples:
          - { name: short, variables: { text: broken } }
          output: { type: object, properties: { level: { enum: [1, two, true] } } }

        """;

    [Fact]
    public void Good_HasNoFindings_AndIsReadAsWritten()
    {
        var result = Read(Good);

        Assert.Empty(result.Findings.Select(f => f.ToString()));
        var version = ((PromptConfig)result.Document!.Find("Prompt/tested")!.UntypedSpec).Versions[0];
        Assert.Equal(("1", "fast", "Sort this:\n{{ text }}\n"), (version.Version, version.Model, version.Messages[1].Template));
        Assert.Equal("""{"type":"object","properties":{"level":{"enum":[1,"two",true]}}}""", version.Output!.Value.GetRawText());
        var again = DocumentReader.Read([new SourceText("a.json", System.Text.Encoding.UTF8.GetString(DocumentWriter.Canonical(result.Document)))]);
        Assert.True(DocumentWriter.Same(result.Document.Find("Prompt/tested")!.UntypedSpec, again.Document!.Find("Prompt/tested")!.UntypedSpec));
        Assert.Equal(DocumentWriter.Canonical(result.Document), DocumentWriter.Canonical(again.Document));
    }

    [Theory]
    [InlineData("release: 1", "release: 2", "error unknown_version spec.release")]
    [InlineData("version: 1", "version: One!", "error unknown_version spec.release, error bad_name spec.versions[0].version")]
    [InlineData("model: fast", "model: fsat", "error unknown_reference spec.versions[0].model")]
    [InlineData("{{ text }}", "{{ txt }}", "error unknown_variable spec.versions[0].messages[1].template")]
    [InlineData("{{ text }}", "{{ text", "error bad_template spec.versions[0].messages[1].template")]
    [InlineData("{{ text }}", "no blank", "warning unused_variable spec.versions[0].variables[0]")]
    [InlineData("{ name: text, maxLength: 50 }", "{ name: text, maxLength: 3 }", "error bad_example spec.versions[0].examples[0].variables")]
    [InlineData("{ name: text, maxLength: 50 }", "{ name: text, pattern: '(' }", "error bad_regex spec.versions[0].variables[0].pattern")]
    [InlineData("{ name: text, maxLength: 50 }", "{ name: text, pattern: '(?=x)' }", "error bad_regex spec.versions[0].variables[0].pattern")]
    [InlineData("{ name: text, maxLength: 50 }", "{ name: text, default: [] }", "error bad_default spec.versions[0].variables[0].default")]
    [InlineData("{ name: text, maxLength: 50 }", "{ name: text, minimum: 1 }", "warning unused spec.versions[0].variables[0].minimum")]
    [InlineData("- { name: text, maxLength: 50 }", "- { name: text }\n  - { name: text }", "error duplicate_variable spec.versions[0].variables[1].name")]
    [InlineData("- { name: text, maxLength: 50 }", "- { name: text }\n  - { name: stream, required: false }", "warning unused_variable spec.versions[0].variables[1], error bad_name spec.versions[0].variables[1].name")]
    [InlineData("- { name: text, maxLength: 50 }", "- { name: text }\n  - { name: e, type: enum, required: false }", "error missing spec.versions[0].variables[1].values, warning unused_variable spec.versions[0].variables[1]")]
    [InlineData("output: { type: object, properties: { level: { enum: [1, two, true] } } }", "output: text", "error wrong_type spec.versions[0].output")]
    [InlineData("- template: |", "- role: system\n    template: |", "warning no_question spec.versions[0].messages")]
    [InlineData("release: 1", "release: 1\npath: /v1/{id}/x", "error bad_path spec.path")]
    [InlineData("release: 1", "release: 1\npath: /v1/x/", "error bad_path spec.path")]
    [InlineData("release: 1", "release: 1\npath: /elsewhere", "warning no_route spec.path")]
    [InlineData("release: 1", "release: 1\nconsumers: [nobody]", "error unknown_reference spec.consumers[0]")]
    public void Wrong_IsFound(string good, string bad, string expected)
    {
        var spec = Good.Replace(good, bad, StringComparison.Ordinal);
        Assert.NotEqual(Good, spec);

        var findings = Read(spec).Findings;

        Assert.Equal(expected.Split(", "), findings.Select(f => $"{f.Severity.ToString().ToLowerInvariant()} {f.Code} {f.Path}"));
        Assert.All(findings, f => Assert.Equal("tested.yaml", f.Source?.File));
    }

    [Fact]
    public void Template_Findings_SayWhereInTheTemplate() =>
        Assert.Contains("Line 2, column 4 of the template: There is no variable \"txet\". Did you mean \"text\"?", Read(Good.Replace("{{ text }}", "{{ txet }}{{ text }}", StringComparison.Ordinal)).Findings.Single().Message, StringComparison.Ordinal);

    [Fact]
    public void Canaries_MoreThanAll_AndTheReleasedOne_AreFound()
    {
        var version = Good[Good.IndexOf("- version", StringComparison.Ordinal)..];
        var spec = Good + version.Replace("version: 1", "version: 2\n  canary: 0.6", StringComparison.Ordinal) + version.Replace("version: 1", "version: 3\n  canary: 0.6", StringComparison.Ordinal);

        Assert.Equal(["error too_much spec.versions"], Read(spec).Findings.Select(f => $"{f.Severity.ToString().ToLowerInvariant()} {f.Code} {f.Path}"));
        Assert.Equal(["warning unused spec.versions[0].canary"], Read(Good.Replace("version: 1", "version: 1\n  canary: 0.6", StringComparison.Ordinal)).Findings.Select(f => $"{f.Severity.ToString().ToLowerInvariant()} {f.Code} {f.Path}"));
    }

    [Fact]
    public void Paths_OfTwoPrompts_MustDiffer()
    {
        var other = Object("other", "path: /v1/prompts/tested/versions/1\n" + Good);

        var finding = Assert.Single(DocumentReader.Read([new SourceText("around.yaml", Around), new SourceText("tested.yaml", Object("tested", Good)), new SourceText("other.yaml", other)]).Findings);

        Assert.Equal(("duplicate_path", "Prompt/tested"), (finding.Code, finding.Resource));
    }

    private static ReadResult Read(string spec) => DocumentReader.Read([new SourceText("around.yaml", Around), new SourceText("tested.yaml", Object("tested", spec))]);

    private static string Object(string name, string spec) => $"apiVersion: tidegate/v1\nkind: Prompt\nmetadata: {{ name: {name} }}\nspec:\n  {spec.Replace("\n", "\n  ", StringComparison.Ordinal).TrimEnd(' ')}";
}
