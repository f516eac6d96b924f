using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Reading;
using Tidegate.Core.Resources.Services;
using Xunit;

namespace Tidegate.Tests.Core.Resources.Reading;

public sealed class DocumentReaderTests
{
    private const string Service = """
        apiVersion: tidegate/v1
        kind: Service
        metadata:
          name: orders
        spec:
          destinations:
            - address: http://127.0.0.1:9001

        """;

    [Theory]
    [InlineData("apiVersion: tidegate/v1\nkind: {0}\nmetadata: {{ name: a }}\nspec: {{}}\n")]
    [InlineData("apiVersion: tidegate/v1\nkind: Route\nmetadata: {{ name: {0} }}\nspec: {{ order: x, {0}: 1 }}\n")]
    [InlineData("{0}: 1\n{0}: 2\n")]
    [InlineData("apiVersion: tidegate/v1\nkind: Route\nmetadata: {{ name: a }}\nspec: {{ service: {0}, timeout: {0}, match: {{ path: {0}, methods: {0}, hosts: [{0}] }} }}\n")]
    public void Read_HugeWords_AreNotRepeatedWhole(string format)
    {
        var result = DocumentReader.Read("a.yaml", string.Format(System.Globalization.CultureInfo.InvariantCulture, format, new string('x', 1_000_000)));

        Assert.Null(result.Document);
        Assert.All(result.Findings, finding => Assert.InRange(finding.ToString().Length, 1, 3_000));
    }

    [Fact]
    public void Read_DocumentsInSeveralTexts_GivesAllObjects()
    {
        var result = DocumentReader.Read(
        [
            new("a.yaml", Service + "---\n" + Service.Replace("orders", "users", StringComparison.Ordinal)),
            new("b.json", """{"apiVersion":"tidegate/v1","kind":"Route","metadata":{"name":"r"},"spec":{"service":"orders"}}"""),
            new("empty.yaml", "# nothing but a comment\n---\n"),
        ]);

        Assert.Empty(result.Findings);
        Assert.Equal(["Route/r", "Service/orders", "Service/users"], result.Document!.Resources.Select(r => r.Id));
        Assert.Equal(new SourcePosition("a.yaml", 9, 1), result.Document.Find("Service/users")!.Source);
        Assert.Equal("http://127.0.0.1:9001", result.Document.Services.First().Spec.Destinations[0].Address.OriginalString);
    }

    [Fact]
    public void Read_EveryTypeOfValue_IsBound()
    {
        var service = One<ServiceConfig>("""
            apiVersion: tidegate/v1
            kind: Service
            metadata: { name: s, labels: { enabled: no, version: 1.10 } }
            spec:
              protocol: http2
              preserveHost: true
              destinations: [ { address: "https://a.example.com/base", weight: 7, zone: no } ]
              balancing: { policy: consistentHash, hash: { by: header, name: X-User }, spillOverBelow: 0.25, slowStart: 1m30s }
              resilience:
                breaker: null
                retry: { statuses: [502, 429], bufferBody: 128KiB }
                hedging: {}
            """);

        Assert.Equal(UpstreamProtocol.Http2, service.Spec.Protocol);
        Assert.True(service.Spec.PreserveHost);
        Assert.Equal(7, service.Spec.Destinations[0].Weight);
        Assert.Equal(HashSource.Header, service.Spec.Balancing.Hash.By);
        Assert.Equal(0.25, service.Spec.Balancing.SpillOverBelow);
        Assert.Equal(TimeSpan.FromSeconds(90), service.Spec.Balancing.SlowStart);
        Assert.Null(service.Spec.Resilience.Breaker);
        Assert.Equal([502, 429], service.Spec.Resilience.Retry.Statuses);
        Assert.Equal(131072, service.Spec.Resilience.Retry.BufferBody);
        Assert.Equal(0.05, service.Spec.Resilience.Hedging!.MaxShare);
        Assert.Equal("no", service.Spec.Destinations[0].Zone); // the Norway problem: a text stays a text
        Assert.Equal(["no"], service.Metadata.Labels["enabled"]);
        Assert.Equal(["1.10"], service.Metadata.Labels["version"]);
    }

    [Fact]
    public void Read_AnchorsAliasesAndMergeKeys_AreResolved()
    {
        var result = DocumentReader.Read("a.yaml", """
            apiVersion: tidegate/v1
            kind: Service
            metadata: { name: s }
            spec:
              destinations:
                - &first { address: http://a:1, zone: z1, weight: 3 }
                - { <<: *first, address: http://b:1 }
              resilience:
                deadline: &t 7s
                connectTimeout: *t
            """);

        Assert.Empty(result.Findings);
        var spec = result.Document!.Services.Single().Spec;
        Assert.Equal(("http://b:1", "z1", 3), (spec.Destinations[1].Address.OriginalString, spec.Destinations[1].Zone, spec.Destinations[1].Weight));
        Assert.Equal(spec.Resilience.Deadline, spec.Resilience.ConnectTimeout);
    }

    [Fact]
    public void Read_ManyErrors_ReportsAllWithPlaceObjectAndKey()
    {
        var result = DocumentReader.Read("bad.yaml", """
            apiVersion: tidegate/v1
            kind: Service
            metadata:
              name: Orders
            spec:
              protocol: http3
              destinatons: []
              preserveHost: yes
              resilience:
                deadline: 30
                retry: { max_attempts: 2, budgetRatio: 3 }
              health:
              preserveHost: true
            """);

        Assert.Null(result.Document);
        Assert.Equal(
            [
                "bad.yaml:4:9: error: Service/Orders metadata.name: \"Orders\" is no legal name: use lower-case letters, digits, '-', '_' and '.', beginning with a letter or digit, at most 128 characters.",
                "bad.yaml:6:3: error: Service/Orders spec.destinations: The key \"destinations\" is missing: give a list of at least 1.",
                "bad.yaml:6:13: error: Service/Orders spec.protocol: \"http3\" is not legal: expected one of auto, http1, http2. Did you mean \"http1\"?",
                "bad.yaml:7:3: error: Service/Orders spec.destinatons: Unknown key \"destinatons\". Did you mean \"destinations\"? Legal here: destinations, protocol, preserveHost, versionHeader, balancing, health, resilience, tls, dependencies, gate.",
                "bad.yaml:8:17: error: Service/Orders spec.preserveHost: Expected true or false, found \"yes\".",
                "bad.yaml:10:15: error: Service/Orders spec.resilience.deadline: Expected a duration with its unit, such as 500ms, 30s, 1m30s or 7d, from 1ms to 1d, found \"30\".",
                "bad.yaml:11:14: error: Service/Orders spec.resilience.retry.max_attempts: Unknown key \"max_attempts\". Did you mean \"maxAttempts\"? Legal here: maxAttempts, statuses, backoffBase, backoffMax, budgetRatio, budgetMinimumPerSecond, bufferBody.",
                "bad.yaml:11:44: error: Service/Orders spec.resilience.retry.budgetRatio: 3 is not legal: expected a number from 0 to 1.",
                "bad.yaml:12:10: error: Service/Orders spec.health: Nothing stands after \"health:\". Remove the key, or give a block with the keys active, passive.",
                "bad.yaml:13:3: error: Service/Orders spec.preserveHost: The key \"preserveHost\" stands here twice, first at line 8: remove one.",
            ],
            result.Findings.Select(f => f.ToString()));
    }

    [Theory]
    [InlineData("kind: Service\nmetadata: { name: s }\nspec: {}", "missing_key", "apiVersion")]
    [InlineData("apiVersion: v1\nkind: Service\nmetadata: { name: s }", "bad_word", "apiVersion")]
    [InlineData("apiVersion: tidegate/v1\nmetadata: { name: s }", "missing_key", "kind")]
    [InlineData("apiVersion: tidegate/v1\nkind: Sevice\nmetadata: { name: s }", "bad_word", "kind")]
    [InlineData("apiVersion: tidegate/v1\nkind: Consumer\nspec: {}", "missing_key", "metadata")]
    [InlineData("apiVersion: tidegate/v1\nkind: Consumer\nmetadata: {}\nspec: {}", "missing_key", "metadata.name")]
    [InlineData("apiVersion: tidegate/v1\nkind: Consumer\nmetadata: { name: c }\nstatus: {}", "unknown_key", "status")]
    [InlineData("apiVersion: tidegate/v1\nkind: Consumer\nkind: Consumer\nmetadata: { name: c }", "duplicate_key", "kind")]
    [InlineData("apiVersion: tidegate/v1\nkind: Consumer\nmetadata: { name: c }\nspec: []", "wrong_type", "spec")]
    [InlineData("apiVersion: tidegate/v1\nkind: Consumer\nmetadata: { name: c, labels: { a: 1, a: 2 } }", "duplicate_key", "metadata.labels.a")]
    [InlineData("just a text", "wrong_type", "")]
    public void Read_BadEnvelope_IsAnError(string text, string code, string path)
    {
        var result = DocumentReader.Read("x.yaml", text);

        Assert.Null(result.Document);
        Assert.Contains(result.Findings, f => f.Code == code && f.Path == path && f.Source is not null);
    }

    [Fact]
    public void Read_ConsumerWithoutSpec_TakesDefaults() =>
        Assert.NotNull(DocumentReader.Read("x.yaml", "apiVersion: tidegate/v1\nkind: Consumer\nmetadata: { name: c }").Document);

    [Fact]
    public void Read_KeyThatBelongsDeeper_SuggestsItsPath()
    {
        var result = DocumentReader.Read("x.yaml", Service + "  retry: {}\n");

        Assert.Contains("Did you mean \"resilience.retry\"?", Assert.Single(result.Findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SameIdTwice_ShowsBothPositions()
    {
        var result = DocumentReader.Read([new("a.yaml", Service), new("b.yaml", "# second\n" + Service)]);

        var finding = Assert.Single(result.Findings);
        Assert.Equal("duplicate_object", finding.Code);
        Assert.Equal(new SourcePosition("b.yaml", 5, 9), finding.Source);
        Assert.Contains("a.yaml:1:1", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SyntaxErrorInOneDocument_OthersAreStillChecked()
    {
        var result = DocumentReader.Read("a.yaml", "a: [1, 2\n---\n" + Service.Replace("orders", "NO", StringComparison.Ordinal) + "---\nb: 'x\n");

        Assert.Equal(["syntax", "bad_name", "syntax"], result.Findings.Select(f => f.Code));
        Assert.Equal([2, 6, 11], result.Findings.Select(f => f.Source!.Line)); // the first list ends where the next document begins
    }

    [Fact]
    public void Read_ReferenceToObjectInUnreadableText_IsNotReportedAsMissing()
    {
        var result = DocumentReader.Read(
            [new("a.yaml", "kind: [\n"), new("r.yaml", "apiVersion: tidegate/v1\nkind: Route\nmetadata: { name: r }\nspec: { service: orders }")]);

        Assert.DoesNotContain(result.Findings, f => f.Code == "unknown_reference");
    }

    [Fact]
    public void Read_JsonText_ReportsLineAndColumn()
    {
        var result = DocumentReader.Read("a.json", """
            [
              { "apiVersion": "tidegate/v1", "kind": "Consumer", "metadata": { "name": "ä", "labels": { "v": 1 } },
                "spec": { "suspended": "true", "maxConcurrent": "5" } }
            ]
            """);

        Assert.Equal(
            [("bad_name", 2, 76), ("wrong_type", 2, 98), ("wrong_type", 3, 28), ("wrong_type", 3, 53)],
            result.Findings.Select(f => (f.Code, f.Source!.Line, f.Source.Column)));
    }

    [Theory]
    [InlineData("a.json", "{\"a\": }", "syntax", 1)]
    [InlineData("a.json", "[\n{},\n]", "syntax", 3)]
    [InlineData("a.json", "{\"a\": \"\\ud800\"}", "syntax", 1)]
    [InlineData("a.yaml", "a: 1\n b: 2", "syntax", 2)]
    [InlineData("a.yaml", "a: \"\\ud800\"", "syntax", 1)]
    [InlineData("a.yaml", "a: *b", "unknown_anchor", 1)]
    [InlineData("a.yaml", "a: &x [*x]", "alias_loop", 1)]
    [InlineData("a.yaml", "a: !!python/object:os.system x", "tag", 1)]
    [InlineData("a.yaml", "a: !exec x", "tag", 1)]
    [InlineData("a.yaml", "? [a, b]\n: c", "syntax", 1)]
    [InlineData("a.yaml", "<<: 5", "bad_merge", 1)]
    [InlineData("a.yaml", "a: b\nc: \0", "syntax", 2)]
    public void Read_UnreadableText_IsAnErrorWithItsLine(string file, string text, string code, int line)
    {
        var finding = Assert.Single(DocumentReader.Read(file, text).Findings);

        Assert.Equal((code, line), (finding.Code, finding.Source!.Line));
    }

    [Fact]
    public void Read_TagThatSaysText_MakesAText() =>
        Assert.Contains("the text \"5\"", DocumentReader.Read("a.yaml", "apiVersion: tidegate/v1\nkind: Consumer\nmetadata: { name: c }\nspec: { maxConcurrent: !!str 5 }").Findings.Single().Message, StringComparison.Ordinal);

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public void Read_DeepNesting_IsRefused(char open)
    {
        Assert.Equal("too_deep", DocumentReader.Read("a.yaml", new string(open, 100_000)).Findings.Single().Code);
        Assert.Equal("too_deep", DocumentReader.Read("a.json", string.Concat(Enumerable.Repeat(open == '[' ? "[" : "{\"a\":", 100_000))).Findings.Single().Code);
    }

    [Fact]
    public void Read_DeepBlocks_AreRefused()
    {
        var text = string.Concat(Enumerable.Range(0, 200).Select(i => $"{new string(' ', i)}a:\n"));

        Assert.Equal("too_deep", DocumentReader.Read("a.yaml", text).Findings.Single().Code);
    }

    [Fact]
    public void Read_AliasBomb_IsRefused()
    {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
            + string.Concat(Enumerable.Range(1, 9).Select(i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n"));

        Assert.Equal("too_many_aliases", DocumentReader.Read("a.yaml", text).Findings.Single().Code);
    }

    [Fact]
    public void Read_TextsBeyondTheLimits_AreRefused()
    {
        var limits = new ReadLimits { Characters = 1000, Nodes = 50 };

        Assert.Equal("too_large", DocumentReader.Read([new("a.yaml", new string('a', 600)), new("b.yaml", new string('a', 600))], limits: limits).Findings[^1].Code);
        Assert.Contains(DocumentReader.Read([new("a.yaml", string.Concat(Enumerable.Repeat("- a\n", 100)))], limits: limits).Findings, f => f.Code == "too_large");
    }

    [Fact]
    public void Read_MoreFindingsThanKept_CountsTheRest()
    {
        var keys = string.Concat(Enumerable.Range(0, 5000).Select(i => $"  unknown{i}: 1\n"));
        var result = DocumentReader.Read("a.yaml", Service + keys);

        Assert.Equal(1001, result.Findings.Count);
        Assert.Equal("4000 more findings are not shown: correct these first.", result.Findings[^1].Message);
    }

    [Fact]
    public void Read_OntoADocument_KeepsWhatIsNotNamed()
    {
        var before = DocumentReader.Read("a.yaml", Service).Document!;
        var result = DocumentReader.Read(
            [new("r.yaml", "apiVersion: tidegate/v1\nkind: Route\nmetadata: { name: r }\nspec: { service: orders }")], before);

        Assert.Equal(["Route/r", "Service/orders"], result.Document!.Resources.Select(r => r.Id));
        Assert.Same(before.Find("Service/orders"), result.Document.Find("Service/orders"));
    }

    [Fact]
    public void Read_WindowsLineEndsAndByteOrderMark_AreLegal()
    {
        var result = DocumentReader.Read("a.yaml", "\uFEFF" + Service.ReplaceLineEndings("\r\n") + "---\r\n" + Service.Replace("orders", "B", StringComparison.Ordinal).ReplaceLineEndings("\r\n"));

        Assert.Equal(("bad_name", 12), (Assert.Single(result.Findings).Code, result.Findings[0].Source!.Line));
    }

    private static Resource<TSpec> One<TSpec>(string text)
        where TSpec : class
    {
        var result = DocumentReader.Read("x.yaml", text);
        Assert.DoesNotContain(result.Findings, f => f.Severity == FindingSeverity.Error);
        return result.Document!.OfKind<TSpec>().Single();
    }
}
