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
    public void Between_FewAskedFor_SpellsTheFirstOfEachKindAndCountsTheRest()
    {
        static ConfigDocument Consumers(params string[] names) =>
            Read(string.Join("\n---\n", names.Select(n => $"apiVersion: tidegate/v1\nkind: Consumer\nmetadata: {{ name: {n[..2]} }}\nspec: {{ team: {n} }}")));
        var before = Consumers("a1", "a2", "b1-old", "b2-old", "c1", "c2", "c3");
        var after = Consumers("b1-new", "b2-new", "c1", "c2", "c3", "d1", "d2", "d3");

        var all = DocumentDiff.Between(before, after);
        var few = DocumentDiff.Between(before, after, most: 1);
        var none = DocumentDiff.Between(before, after, most: 0);

        Assert.Equal((3, 2, 2, 7, 7), (all.Added, all.Changed, all.Removed, all.Total, all.Changes.Count));
        Assert.Equal(["Consumer/a1", "Consumer/b1", "Consumer/d1"], few.Changes.Select(c => c.Id));
        Assert.Equal([ChangeKind.Removed, ChangeKind.Changed, ChangeKind.Added], few.Changes.Select(c => c.Kind));
        Assert.Equal([new KeyChange("spec.team", "\"b1-old\"", "\"b1-new\"")], few.Changes[1].Keys);
        Assert.Equal((all.Summary, 7, all.Summary), (few.Summary, few.Total, none.Summary));
        Assert.Empty(none.Changes);
    }

    [Fact]
    public void Between_AnyOrder_ChangesAreInTheOrderOfIds()
    {
        // Kinds and names of which one begins with the other, and characters on both sides of the slash between them.
        var text = string.Join("\n---\n", new[] { "a", "a-b", "a.b", "ab", "a0", "b" }.Select(n => $"apiVersion: tidegate/v1\nkind: Consumer\nmetadata: {{ name: {n} }}"))
            + string.Join("", new[] { "a", "a-b", "z" }.Select(n => $"\n---\napiVersion: tidegate/v1\nkind: Service\nmetadata: {{ name: {n} }}\nspec: {{ destinations: [ {{ address: 'http://a' }} ] }}"));

        var ids = DocumentDiff.Between(ConfigDocument.Empty, Read(text)).Changes.Select(c => c.Id).ToList();

        Assert.Equal(9, ids.Count);
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
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
