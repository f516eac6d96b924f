using Tidegate.Core.Resources.Reading;
using Xunit;

namespace Tidegate.Tests.Core.Resources.Consumers;

/// <summary>One line per rule of kind Consumer.</summary>
public sealed class ConsumerRuleTests
{
    private const string Hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("routes: [first, fi*, '*']")]
    [InlineData("keys: [ { id: k1, sha256: " + Hash + ", expiresAt: '2031-01-01T00:00:00+02:00' } ]")]
    [InlineData("certificates: [ { commonName: a } ]")]
    public void Specification_Good_HasNoFindings(string spec) => RuleAssert.Finds("Consumer", spec);

    [Theory]
    [InlineData("routes: [second]", "warning matches_nothing spec.routes[0]")]
    [InlineData("routes: [se*]", "warning matches_nothing spec.routes[0]")]
    [InlineData("routes: ['*st']", "error bad_pattern spec.routes[0]")]
    [InlineData("keys: [ { id: k1, sha256: ABC } ]", "error bad_text spec.keys[0].sha256")]
    [InlineData("keys: [ { id: k1, sha256: " + Hash + " }, { id: k1, sha256: 1" + "123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef } ]", "error duplicate_key_id spec.keys[1].id")]
    [InlineData("keys: [ { id: k1, sha256: " + Hash + " }, { id: k2, sha256: " + Hash + " } ]", "error duplicate_key_hash spec.keys[1].sha256")]
    [InlineData("keys: [ { id: k1, sha256: " + Hash + ", expiresAt: '2031-01-01' } ]", "error wrong_type spec.keys[0].expiresAt")]
    [InlineData("keys: [ { id: k1, sha256: " + Hash + ", expiresAt: '2031-01-01T00:00:00' } ]", "error wrong_type spec.keys[0].expiresAt")]
    [InlineData("certificates: [ {} ]", "error at_least_one spec.certificates[0]")]
    [InlineData("certificates: [ { sha256: x } ]", "error bad_text spec.certificates[0].sha256")]
    [InlineData("certificates: [ { commonName: a }, { commonName: a } ]", "error duplicate_certificate spec.certificates[1]")]
    [InlineData("limits: [ { calls: 1, by: header } ]", "error missing_key spec.limits[0].header")]
    [InlineData("team: ''", "error bad_name spec.team")]
    [InlineData("priority: high2", "error bad_word spec.priority")]
    public void Specification_Bad_IsReported(string spec, string finding) => RuleAssert.Finds("Consumer", spec, finding);

    [Fact]
    public void Subjects_OfAnotherConsumer_AreAnError()
    {
        static string Consumer(string name, string spec) => $"---\napiVersion: tidegate/v1\nkind: Consumer\nmetadata: {{ name: {name} }}\nspec: {spec}\n";

        var result = DocumentReader.Read("a.yaml", Consumer("a", "{ subjects: [x, b] }") + Consumer("b", "{}") + Consumer("c", "{ subjects: [x] }"));

        Assert.Equal(
            ["Consumer/b spec.subjects", "Consumer/c spec.subjects[0]"],
            result.Findings.Select(f => $"{f.Resource} {f.Path}").Order(StringComparer.Ordinal));
    }
}
