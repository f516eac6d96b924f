using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Diff;
using Tidegate.Core.Resources.Reading;
using Tidegate.Core.Resources.Writing;
using Xunit;

namespace Tidegate.Tests.Core.Resources.Diff;

public sealed class DocumentDiffTests
{
    [Property(MaxTest = 200)]
    public Property Between_AnyTwoDocuments_IsEmptyExactlyWhenTheyAreTheSame() =>
        Prop.ForAll(AnyResource.Documents, AnyResource.Documents, (a, b) =>
        {
            Assert.Empty(DocumentDiff.Between(a, new ConfigDocument(a.Resources)).Changes);
            var same = DocumentWriter.Canonical(a).AsSpan().SequenceEqual(DocumentWriter.Canonical(b));
            Assert.Equal(same, DocumentDiff.Between(a, b).Changes.Count == 0);
        });

    [Fact]
    public void Between_ChangedObject_ListsKeysOldAndNewWithDefaultsResolved()
    {
        var diff = Between(
            "{ destinations: [ { address: 'http://a' }, { address: 'http://b' } ], resilience: { retry: { statuses: [502] } } }",
            "{ destinations: [ { address: 'http://a', weight: 5 }, { address: 'http://b' } ], resilience: { deadline: 5s, breaker: null, bulkhead: { maxConcurrent: 3 } } }");

        Assert.Equal("0 added, 1 changed, 0 removed", diff.Summary);
        Assert.Equal(
            [
                new("spec.destinations[0].weight", "100", "5"),
                new("spec.resilience.deadline", "\"30s\"", "\"5s\""),
                new("spec.resilience.retry.statuses", "[502]", "[502,503,504]"),
                new("spec.resilience.breaker", "{}", "null"),
                new("spec.resilience.bulkhead", "null", """{"maxConcurrent":3}"""),
            ],
            Assert.Single(diff.Changes).Keys);
    }

    [Fact]
    public void Between_ElementInsertedIntoList_ShowsOneInsertion()
    {
        var diff = Between(
            "{ destinations: [ { address: 'http://a' }, { address: 'http://c' } ] }",
            "{ destinations: [ { address: 'http://a' }, { address: 'http://b' }, { address: 'http://c' } ] }");

        Assert.Equal([new KeyChange("spec.destinations[1]", null, """{"address":"http://b"}""")], Assert.Single(diff.Changes).Keys);
    }

    [Fact]
    public void Between_ObjectAddedAndRemoved_ListsWhatTheySay()
    {
        var (a, b) = (Read("apiVersion: tidegate/v1\nkind: Consumer\nmetadata: { name: a }\nspec: { team: x }"), Read("apiVersion: tidegate/v1\nkind: Consumer\nmetadata: { name: b }"));

        var diff = DocumentDiff.Between(a, b);

        Assert.Equal([("Consumer/a", ChangeKind.Removed), ("Consumer/b", ChangeKind.Added)], diff.Changes.Select(c => (c.Id, c.Kind)));
        Assert.Contains(new KeyChange("spec.team", "\"x\"", "null"), diff.Changes[0].Keys);
    }

    [Fact]
    public void Between_PlainSecretChanged_ShowsNeitherValue()
    {
        static ConfigDocument Route(string value) => Read(
            $"apiVersion: tidegate/v1\nkind: Route\nmetadata: {{ name: r }}\nspec: {{ respond: {{}}, rewrite: {{ requestHeaders: {{ set: {{ Authorization: '{value}' }} }} }} }}");

        var keys = Assert.Single(DocumentDiff.Between(Route("Bearer abc"), Route("Bearer def")).Changes).Keys;

        Assert.Equal([new("spec.rewrite.requestHeaders.set", """{"Authorization":"***"}""", """{"Authorization":"***"}""")], keys);
        Assert.Contains("${env:T}", DocumentDiff.Between(Route("Bearer abc"), Route("Bearer ${env:T}")).Changes[0].Keys[0].New, StringComparison.Ordinal);
    }

    private static DocumentDiff Between(string before, string after) => DocumentDiff.Between(
        Read("apiVersion: tidegate/v1\nkind: Service\nmetadata: { name: s }\nspec: " + before),
        Read("apiVersion: tidegate/v1\nkind: Service\nmetadata: { name: s }\nspec: " + after));

    private static ConfigDocument Read(string text) => DocumentReader.Read("a.yaml", text).Document!;
}
