using Xunit;

namespace Tidegate.Tests.Core.Resources.Services;

/// <summary>One line per rule of kind Service, with the case that is refused and the nearest one that is not.</summary>
public sealed class ServiceRuleTests
{
    private const string One = "destinations: [ { address: 'http://a:1' } ]";

    [Theory]
    [InlineData("http://a:1/base")]
    [InlineData("https://[::1]:8443")]
    public void Address_Legal_IsTaken(string address) => RuleAssert.Finds("Service", $"destinations: [ {{ address: '{address}' }} ]");

    [Theory]
    [InlineData("ftp://a:1", "bad_address")]
    [InlineData("http://user:secret@a:1", "bad_address")]
    [InlineData("http://a:1/x?y=1", "bad_address")]
    [InlineData("http://a:1/#f", "bad_address")]
    [InlineData("a:1", "wrong_type")]
    [InlineData("/path", "wrong_type")]
    public void Address_Illegal_IsAnError(string address, string code) =>
        RuleAssert.Finds("Service", $"destinations: [ {{ address: '{address}' }} ]", $"error {code} spec.destinations[0].address");

    [Theory]
    [InlineData("{ address: 'http://a:1' }, { address: 'http://A:1/' }", "error duplicate_destination spec.destinations[1].address")]
    [InlineData("{ address: 'http://a:1', name: x }, { address: 'http://b:1', name: x }", "error duplicate_destination spec.destinations[1].name")]
    [InlineData("{ address: 'http://a:1', weight: 0 }", "warning no_weight spec.destinations")]
    [InlineData("{ address: 'http://a:1', zone: '' }", "error bad_name spec.destinations[0].zone")]
    [InlineData("{ address: 'http://a:1', weight: 70000 }", "error out_of_range spec.destinations[0].weight")]
    [InlineData("{ address: 'http://a:1', priority: 16 }", "error out_of_range spec.destinations[0].priority")]
    [InlineData("{ name: x }", "error missing_key spec.destinations[0].address")]
    [InlineData("", "error too_few spec.destinations")]
    public void Destinations_Bad_AreReported(string list, string finding) => RuleAssert.Finds("Service", $"destinations: [ {list} ]", finding);

    [Theory]
    [InlineData("balancing: { policy: fastest }", "error bad_word spec.balancing.policy")]
    [InlineData("balancing: { policy: consistentHash, hash: { by: header } }", "error missing_key spec.balancing.hash.name")]
    [InlineData("balancing: { policy: consistentHash, hash: { by: cookie, name: 'a b' } }", "error bad_name spec.balancing.hash.name")]
    [InlineData("balancing: { policy: consistentHash, hash: { name: x } }", "warning unused_key spec.balancing.hash.name")]
    [InlineData("balancing: { hash: { by: key } }", "warning unused_key spec.balancing.hash")]
    [InlineData("balancing: { policy: sticky, sticky: { cookie: 'a;b' } }", "error bad_name spec.balancing.sticky.cookie")]
    [InlineData("versionHeader: X-Version")]
    [InlineData("versionHeader: 'X Version'", "error bad_name spec.versionHeader")]
    [InlineData("versionHeader: Transfer-Encoding", "error bad_name spec.versionHeader")]
    [InlineData("tls: { insecureSkipVerify: true, serverName: a }", "warning unused_key spec.tls", "warning insecure_tls spec.tls.insecureSkipVerify")]
    [InlineData("health: { active: { path: healthz } }", "error bad_path spec.health.active.path")]
    [InlineData("health: { active: { expectedStatus: [200, 99] } }", "error out_of_range spec.health.active.expectedStatus[1]")]
    [InlineData("health: { active: { type: tcp, expectedStatus: [200] } }", "warning unused_key spec.health.active.expectedStatus")]
    [InlineData("health: { active: { grpcService: x } }", "warning unused_key spec.health.active.grpcService")]
    [InlineData("health: { active: { interval: 1s, timeout: 2s } }", "warning bad_order spec.health.active.timeout")]
    [InlineData("resilience: { deadline: 1s, attemptTimeout: 2s }", "warning never_reached spec.resilience.attemptTimeout")]
    [InlineData("resilience: { breaker: { cooldown: 10m } }", "error bad_order spec.resilience.breaker.cooldown")]
    [InlineData("resilience: { retry: { backoffBase: 2s } }", "error bad_order spec.resilience.retry.backoffBase")]
    [InlineData("resilience: { retry: { statuses: [200, 503] } }", "error out_of_range spec.resilience.retry.statuses[0]")]
    [InlineData("resilience: { retry: { statuses: [503, 404] } }", "warning hopeless_retry spec.resilience.retry.statuses[1]")]
    [InlineData("resilience: { adaptiveConcurrency: { minimum: 10, maximum: 5 } }", "error bad_order spec.resilience.adaptiveConcurrency.minimum")]
    [InlineData("resilience: { adaptiveConcurrency: { initial: 2000 } }", "error bad_order spec.resilience.adaptiveConcurrency.initial")]
    [InlineData("resilience: { fallback: {} }", "error exactly_one spec.resilience.fallback")]
    [InlineData("resilience: { fallback: { service: spare, response: {} } }", "error exactly_one spec.resilience.fallback")]
    [InlineData("resilience: { fallback: { service: sparse } }", "error unknown_reference spec.resilience.fallback.service")]
    [InlineData("resilience: { fallback: { service: tested } }", "error fallback_cycle spec.resilience.fallback.service")]
    [InlineData("resilience: { fallback: { response: { status: 204, body: x } } }", "error body_not_allowed spec.resilience.fallback.response.body")]
    [InlineData("resilience: { fallback: { response: { status: 199 } } }", "error out_of_range spec.resilience.fallback.response.status")]
    [InlineData("resilience: { fallback: { response: { contentType: \"a\\nb\" } } }", "error bad_header_value spec.resilience.fallback.response.contentType")]
    [InlineData("resilience: { bulkhead: {} }", "error missing_key spec.resilience.bulkhead.maxConcurrent")]
    [InlineData("resilience: { deadline: 2d }", "error out_of_range spec.resilience.deadline")]
    [InlineData("resilience: { retry: { bufferBody: 17MiB } }", "error out_of_range spec.resilience.retry.bufferBody")]
    public void Specification_Bad_IsReported(string more, params string[] findings) => RuleAssert.Finds("Service", $"{One}\n{more}", findings);

    [Theory]
    [InlineData("balancing: { policy: consistentHash, hash: { by: cookie, name: user } }")]
    [InlineData("health: { active: { type: grpc, grpcService: orders.v1 }, passive: { consecutiveFailures: 0 } }")]
    [InlineData("resilience: { fallback: { service: spare }, breaker: null, bulkhead: { maxConcurrent: 5 } }")]
    [InlineData("resilience: { fallback: { response: { status: 503, body: '{}' } } }")]
    public void Specification_Good_HasNoFindings(string more) => RuleAssert.Finds("Service", $"{One}\n{more}");

    [Fact]
    public void Tls_CertificateWithoutKey_IsAnError() =>
        RuleAssert.Finds("Service", "destinations: [ { address: 'https://a' } ]\ntls: { certificateFile: c.pem }", "error missing_key spec.tls");

    [Fact]
    public void Tls_BadServerName_IsAnError() =>
        RuleAssert.Finds("Service", "destinations: [ { address: 'https://a' } ]\ntls: { serverName: 'a b' }", "error bad_host spec.tls.serverName");

    [Fact]
    public void Fallback_LongCycle_IsReportedOnceWithTheWay()
    {
        static string Service(string name, string next) =>
            $"---\napiVersion: tidegate/v1\nkind: Service\nmetadata: {{ name: {name} }}\nspec: {{ destinations: [ {{ address: 'http://{name}' }} ], resilience: {{ fallback: {{ service: {next} }} }} }}\n";

        var result = Tidegate.Core.Resources.Reading.DocumentReader.Read("a.yaml", Service("a", "b") + Service("b", "c") + Service("c", "b"));

        Assert.Contains("b -> c -> b", Assert.Single(result.Findings).Message, StringComparison.Ordinal);
    }
}
