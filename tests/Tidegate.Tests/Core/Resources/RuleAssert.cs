using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Reading;
using Xunit;

namespace Tidegate.Tests.Core.Resources;

/// <summary>Checks what the rules say about a specification in the midst of a document that is right.</summary>
internal static class RuleAssert
{
    /// <summary>Objects that tests may refer to.</summary>
    public const string Around = """
        apiVersion: tidegate/v1
        kind: Service
        metadata: { name: orders }
        spec: { destinations: [ { address: "http://a:1" } ] }
        ---
        apiVersion: tidegate/v1
        kind: Service
        metadata: { name: spare }
        spec: { destinations: [ { address: "http://b:1" } ] }
        ---
        apiVersion: tidegate/v1
        kind: Consumer
        metadata: { name: shop }
        ---
        apiVersion: tidegate/v1
        kind: Provider
        metadata: { name: fake }
        spec: { vendor: fake }
        ---
        apiVersion: tidegate/v1
        kind: Route
        metadata: { name: first }
        spec: { match: { path: /first }, service: orders }

        """;

    /// <summary>The specification has exactly these findings: <c>error code path</c> or <c>warning code path</c>.</summary>
    public static void Finds(string kind, string spec, params string[] expected)
    {
        var found = Read(kind, spec).Findings;
        Assert.Equal(expected, found.Select(f => $"{f.Severity.ToString().ToLowerInvariant()} {f.Code} {f.Path}"));
        Assert.All(found, f => Assert.Equal("tested.yaml", f.Source?.File));
        Assert.All(found, f => Assert.Equal($"{kind}/tested", f.Resource));
    }

    /// <summary>Reads the specification of an object called <c>tested</c>.</summary>
    public static ReadResult Read(string kind, string spec) => DocumentReader.Read(
    [
        new SourceText("around.yaml", Around),
        new SourceText("tested.yaml", $"apiVersion: {ResourceKinds.All.First(k => k.Word == kind).ApiVersion}\nkind: {kind}\nmetadata: {{ name: tested }}\nspec:\n  {spec.ReplaceLineEndings("\n").Replace("\n", "\n  ", StringComparison.Ordinal)}\n"),
    ]);
}
