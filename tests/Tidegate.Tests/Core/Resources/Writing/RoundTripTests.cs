using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Reading;
using Tidegate.Core.Resources.Writing;
using Xunit;

namespace Tidegate.Tests.Core.Resources.Writing;

public sealed class RoundTripTests
{
    [Property(MaxTest = 300)]
    public Property Canonical_ReadBack_IsTheSameDocument() => Prop.ForAll(AnyResource.Documents, document =>
    {
        var canonical = DocumentWriter.Canonical(document);
        var back = ReadBack(new SourceText("canonical.json", Encoding.UTF8.GetString(canonical)));

        Assert.True(canonical.AsSpan().SequenceEqual(DocumentWriter.Canonical(back)));
        foreach (var (one, other) in document.Resources.Zip(back.Resources))
        {
            Assert.True(DocumentWriter.Same(one.UntypedSpec, other.UntypedSpec));
            Assert.True(DocumentWriter.Same(one.Metadata, other.Metadata));
        }
    });

    [Property(MaxTest = 300)]
    public Property Yaml_ReadBack_IsTheSameDocument() => Prop.ForAll(AnyResource.Documents, document =>
    {
        var yaml = YamlWriter.Shown(document.Resources);
        var back = ReadBack(new SourceText("shown.yaml", yaml));

        Assert.Equal(DocumentWriter.Shown(document.Resources), DocumentWriter.Shown(back.Resources));
    });

    [Fact]
    public void Canonical_SameContentInOtherOrderAndSyntax_IsTheSameText()
    {
        var yaml = DocumentReader.Read("a.yaml", """
            kind: Consumer
            apiVersion: tidegate/v1
            spec: { team: t, suspended: false, scopes: [a] }
            metadata: { labels: { b: x, a: y }, name: c }
            """);
        var json = DocumentReader.Read("a.json", """
            {"apiVersion":"tidegate/v1","kind":"Consumer","metadata":{"name":"c","labels":{"a":"y","b":"x"}},"spec":{"scopes":["a"],"team":"t"}}
            """);

        Assert.Equal(
            """[{"apiVersion":"tidegate/v1","kind":"Consumer","metadata":{"labels":{"a":"y","b":"x"},"name":"c"},"spec":{"scopes":["a"],"team":"t"}}]""",
            Encoding.UTF8.GetString(DocumentWriter.Canonical(yaml.Document!)));
        Assert.Equal(DocumentWriter.Hash(DocumentWriter.Canonical(yaml.Document!)), DocumentWriter.Hash(DocumentWriter.Canonical(json.Document!)));
    }

    [Fact]
    public void Shown_PlainCredential_IsMaskedAndCanonicalIsNot()
    {
        var document = DocumentReader.Read("a.yaml", """
            apiVersion: tidegate/v1
            kind: Route
            metadata: { name: r }
            spec: { respond: {}, rewrite: { requestHeaders: { set: { Authorization: Bearer abc, X-Token: '${env:T}', X-Plain: p } } } }
            """).Document!;

        var shown = DocumentWriter.Shown(document.Resources);

        Assert.DoesNotContain("abc", shown, StringComparison.Ordinal);
        Assert.Contains("***", shown, StringComparison.Ordinal);
        Assert.Contains("${env:T}", shown, StringComparison.Ordinal);
        Assert.Contains("\"p\"", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("abc", YamlWriter.Shown(document.Resources), StringComparison.Ordinal);
        Assert.Contains("abc", Encoding.UTF8.GetString(DocumentWriter.Canonical(document)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no")]
    [InlineData("1.10")]
    [InlineData("null")]
    [InlineData("12:30:45")]
    [InlineData("0x10")]
    [InlineData("")]
    public void Yaml_TextThatOtherReadersTakeForSomethingElse_IsQuoted(string text)
    {
        var consumer = (Resource<Tidegate.Core.Resources.Consumers.ConsumerConfig>)ResourceKinds.Find("tidegate/v1", "Consumer")!
            .Create(new ResourceMetadata { Name = "c" }, new Tidegate.Core.Resources.Consumers.ConsumerConfig { Team = text }, null);

        Assert.Contains($"team: \"{text}\"", YamlWriter.Shown([consumer]), StringComparison.Ordinal);
    }

    // Arbitrary values need not obey the rules, so only the reader is asked.
    private static ConfigDocument ReadBack(SourceText text)
    {
        var findings = new FindingList(100);
        var objects = new NodeReader(new ReadLimits(), findings).Read(text)
            .SelectMany(n => n is ListNode list ? list.Items : [n])
            .Select(new ObjectReader(findings).Read)
            .ToList();
        Assert.True(findings.InOrder().Count == 0, $"{string.Join('\n', findings.InOrder())}\n{text.Text}");
        return new ConfigDocument(objects.Select(o => o!.Resource));
    }
}
