using Tidegate.Core.Resources.Reading;
using Xunit;

namespace Tidegate.Tests.Core.Resources.Routes;

/// <summary>One line per rule of kind Route, with the case that is refused and the nearest one that is not.</summary>
public sealed class RouteRuleTests
{
    [Theory]
    [InlineData("order: 1", "error exactly_one spec")]
    [InlineData("{ service: orders, respond: {} }", "error exactly_one spec")]
    [InlineData("{ service: orders, split: [ { service: spare } ] }", "error exactly_one spec")]
    [InlineData("service: ordrs", "error unknown_reference spec.service")]
    [InlineData("split: [ { service: orders, weight: 0 } ]", "error no_weight spec.split")]
    [InlineData("split: [ { service: orders }, { service: orders } ]", "error duplicate_branch spec.split[1]")]
    [InlineData("split: [ { service: orders }, { service: nothing } ]", "error unknown_reference spec.split[1].service")]
    [InlineData("split: [ { service: orders, version: '' } ]", "error bad_name spec.split[0].version")]
    [InlineData("respond: { status: 304, body: x }", "error body_not_allowed spec.respond.body")]
    [InlineData("redirect: {}", "error redirect_loop spec.redirect")]
    [InlineData("redirect: { status: 300, host: a }", "error out_of_range spec.redirect.status")]
    [InlineData("redirect: { scheme: ftp }", "error bad_word spec.redirect.scheme")]
    [InlineData("redirect: { host: 'a/b' }", "error bad_host spec.redirect.host")]
    [InlineData("redirect: { host: 'a:0' }", "error bad_host spec.redirect.host")]
    [InlineData("{ redirect: { path: '/new/{id}' }, match: { path: '/old/{key}' } }", "error unknown_parameter spec.redirect.path")]
    public void Action_Bad_IsReported(string spec, params string[] findings) => RuleAssert.Finds("Route", spec, findings);

    [Theory]
    [InlineData("service: orders")]
    [InlineData("split: [ { service: orders, version: v1 }, { service: orders, version: v2, weight: 0 } ]")]
    [InlineData("respond: { status: 404 }")]
    [InlineData("redirect: { host: '[::1]:8443', scheme: https }")]
    [InlineData("{ redirect: { path: '/new/{id}' }, match: { path: '/old/{id}' } }")]
    public void Action_Good_HasNoFindings(string spec) => RuleAssert.Finds("Route", spec);

    [Theory]
    [InlineData("hosts: ['https://a.example.com']", "error bad_host spec.match.hosts[0]")]
    [InlineData("hosts: ['a.example.com:80']", "error bad_host spec.match.hosts[0]")]
    [InlineData("hosts: ['*']", "error bad_host spec.match.hosts[0]")]
    [InlineData("hosts: ['a.*.com']", "error bad_host spec.match.hosts[0]")]
    [InlineData("hosts: [a.com, A.com]", "warning duplicate_host spec.match.hosts[1]")]
    [InlineData("hosts: a.com", "error wrong_type spec.match.hosts")]
    [InlineData("path: '/x/{id:int}'", "error bad_path spec.match.path")]
    [InlineData("methods: [get]", "error bad_method spec.match.methods[0]")]
    [InlineData("methods: ['G T']", "error bad_method spec.match.methods[0]")]
    [InlineData("methods: [GET, GET]", "warning duplicate_method spec.match.methods[1]")]
    [InlineData("headers: [ { name: 'a b' } ]", "error bad_name spec.match.headers[0].name")]
    [InlineData("headers: [ { name: X, prefix: a, contains: b } ]", "error at_most_one spec.match.headers[0]")]
    [InlineData("headers: [ { name: X, regex: '(' } ]", "error bad_regex spec.match.headers[0].regex")]
    [InlineData("query: [ { name: x, regex: '(?=a)b' } ]", "error bad_regex spec.match.query[0].regex")]
    [InlineData("query: [ { name: '' } ]", "error bad_name spec.match.query[0].name")]
    public void Match_Bad_IsReported(string match, string finding) => RuleAssert.Finds("Route", $"service: orders\nmatch: {{ {match} }}", finding);

    [Theory]
    [InlineData("hosts: ['*.example.com', a.example.com, 10.0.0.1, '[::1]']")]
    [InlineData("headers: [ { name: X-A, regex: '^a+$' }, { name: X-B, not: true } ], query: [ { name: 'ö', oneOf: [a, b] } ]")]
    public void Match_Good_HasNoFindings(string match) => RuleAssert.Finds("Route", $"service: orders\nmatch: {{ {match} }}");

    [Theory]
    [InlineData("path: '/v2/{ide}'", "error unknown_parameter spec.rewrite.path")]
    [InlineData("path: v2", "error bad_path spec.rewrite.path")]
    [InlineData("path: '/v2', addPrefix: '/x'", "error at_most_one spec.rewrite")]
    [InlineData("stripPrefix: 'x'", "error bad_path spec.rewrite.stripPrefix")]
    [InlineData("addPrefix: '/{id}'", "error bad_path spec.rewrite.addPrefix")]
    [InlineData("stripPrefix: '/other'", "warning never_reached spec.rewrite.stripPrefix")]
    [InlineData("requestHeaders: { remove: ['a b'] }", "error bad_name spec.rewrite.requestHeaders.remove[0]")]
    [InlineData("requestHeaders: { set: { Content-Length: '1' } }", "error reserved_header spec.rewrite.requestHeaders.set.Content-Length")]
    [InlineData("requestHeaders: { set: { X-A: \"a\\r\\nEvil: 1\" } }", "error bad_header_value spec.rewrite.requestHeaders.set.X-A")]
    [InlineData("responseHeaders: { add: { 'X A': b } }", "error bad_name spec.rewrite.responseHeaders.add[\"X A\"]")]
    [InlineData("responseHeaders: { add: { X-A: ü } }", "error bad_header_value spec.rewrite.responseHeaders.add.X-A")]
    [InlineData("query: { set: { '': b } }", "error bad_name spec.rewrite.query.set[\"\"]")]
    [InlineData("requestHeaders: { set: { Authorization: 'Bearer abc' } }", "warning plain_secret spec.rewrite.requestHeaders.set.Authorization")]
    [InlineData("requestHeaders: { set: { Authorization: 'Bearer ${vault:x}' } }", "error bad_secret_reference spec.rewrite.requestHeaders.set.Authorization")]
    [InlineData("requestHeaders: { set: { X-Api-Key: '***' } }", "error masked_secret spec.rewrite.requestHeaders.set.X-Api-Key")]
    [InlineData("addPrefix: '/${env:X}'", "error secret_not_here spec.rewrite.addPrefix", "error bad_path spec.rewrite.addPrefix")]
    public void Rewrite_Bad_IsReported(string rewrite, params string[] findings) =>
        RuleAssert.Finds("Route", $"service: orders\nmatch: {{ path: '/api/{{id}}' }}\nrewrite: {{ {rewrite} }}", findings);

    [Theory]
    [InlineData("path: '/v2/{id}.json'")]
    [InlineData("stripPrefix: '/api', addPrefix: '/internal'")]
    [InlineData("requestHeaders: { remove: [Cookie], set: { Authorization: 'Bearer ${env:TOKEN}', X-Plain: yes } }")]
    public void Rewrite_Good_HasNoFindings(string rewrite) =>
        RuleAssert.Finds("Route", $"service: orders\nmatch: {{ path: '/api/{{id}}' }}\nrewrite: {{ {rewrite} }}");

    [Theory]
    [InlineData("cors: { origins: ['*'], credentials: true }", "error cors_any_with_credentials spec.cors.credentials")]
    [InlineData("cors: { origins: ['https://a.example.com/'] }", "error bad_origin spec.cors.origins[0]")]
    [InlineData("cors: { origins: [a.example.com] }", "error bad_origin spec.cors.origins[0]")]
    [InlineData("cors: { origins: ['*'], headers: ['x y'] }", "error bad_name spec.cors.headers[0]")]
    [InlineData("cors: {}", "error missing_key spec.cors.origins")]
    [InlineData("version: ''", "error bad_name spec.version")]
    [InlineData("deadline: 1w", "error wrong_type spec.deadline")]
    [InlineData("maxBodySize: -1", "error wrong_type spec.maxBodySize")]
    [InlineData("priority: urgent", "error bad_word spec.priority")]
    [InlineData("identify: { apiKey: null }", "error nobody_can_call spec.identify")]
    [InlineData("identify: { apiKey: { header: 'a b' } }", "error bad_name spec.identify.apiKey.header")]
    [InlineData("identify: { apiKey: { query: key } }", "warning key_in_query spec.identify.apiKey.query")]
    [InlineData("identify: { apiKey: { forward: true } }", "warning key_forwarded spec.identify.apiKey.forward")]
    [InlineData("identify: { consumers: [shop, shup] }", "error unknown_reference spec.identify.consumers[1]")]
    [InlineData("limits: [ { calls: 0 } ]", "error out_of_range spec.limits[0].calls")]
    [InlineData("limits: [ { per: 1s } ]", "error missing_key spec.limits[0].calls")]
    [InlineData("limits: [ { calls: 1, by: header } ]", "error missing_key spec.limits[0].header")]
    [InlineData("limits: [ { calls: 1, header: X } ]", "error unused_key spec.limits[0].header")]
    [InlineData("limits: [ { calls: 1, by: header, header: 'a b' } ]", "error bad_name spec.limits[0].header")]
    [InlineData("limits: [ { calls: 1, algorithm: slidingWindow, burst: 2 } ]", "error unused_key spec.limits[0].burst")]
    [InlineData("limits: [ { calls: 100, per: 1m, burst: 5 } ]", "warning small_burst spec.limits[0].burst")]
    [InlineData("limits: [ { calls: 1, name: a }, { calls: 2, name: a } ]", "error duplicate_name spec.limits[1].name")]
    [InlineData("limits: [ { calls: 1, name: 'a b' } ]", "error bad_name spec.limits[0].name")]
    [InlineData("concurrency: [ { max: 1, by: header } ]", "error missing_key spec.concurrency[0].header")]
    [InlineData("concurrency: [ { by: ip } ]", "error missing_key spec.concurrency[0].max")]
    public void Policy_Bad_IsReported(string more, string finding) => RuleAssert.Finds("Route", $"service: orders\n{more}", finding);

    [Theory]
    [InlineData("issuer: i, audiences: [a]", "error exactly_one spec.identify.jwt[0]")]
    [InlineData("issuer: i, audiences: [a], jwksFile: f, jwksUri: 'https://i/k'", "error exactly_one spec.identify.jwt[0]")]
    [InlineData("issuer: i, audiences: [], jwksFile: f", "error too_few spec.identify.jwt[0].audiences")]
    [InlineData("issuer: i, audiences: [a], jwksUri: 'http://i/k'", "warning insecure_key_set spec.identify.jwt[0].jwksUri")]
    [InlineData("issuer: i, audiences: [a], jwksUri: 'file://i/k'", "error bad_address spec.identify.jwt[0].jwksUri")]
    [InlineData("issuer: i, audiences: [a], jwksFile: f, algorithms: [RS256, none]", "error bad_algorithm spec.identify.jwt[0].algorithms[1]")]
    [InlineData("issuer: i, audiences: [a], jwksFile: f, algorithms: [HS256]", "error bad_algorithm spec.identify.jwt[0].algorithms[0]")]
    [InlineData("issuer: i, audiences: [a], jwksFile: f, algorithms: []", "error too_few spec.identify.jwt[0].algorithms")]
    [InlineData("issuer: i, audiences: [a], jwksFile: f }, { issuer: i, audiences: [b], jwksFile: f", "error duplicate_issuer spec.identify.jwt[1].issuer")]
    [InlineData("issuer: i, audiences: [a], jwksFile: f, consumerClaim: ''", "error bad_name spec.identify.jwt[0].consumerClaim")]
    public void Jwt_Bad_IsReported(string jwt, string finding) => RuleAssert.Finds("Route", $"service: orders\nidentify: {{ jwt: [ {{ {jwt} }} ] }}", finding);

    [Fact]
    public void Match_SameAsAnotherRoute_WarnsAndNamesIt()
    {
        RuleAssert.Finds("Route", "{ match: { path: /first }, service: spare }", "warning ambiguous_route spec.match");
        RuleAssert.Finds("Route", "{ match: { path: /first }, order: 1, service: spare }");
        RuleAssert.Finds("Route", "{ match: { path: /first, methods: [GET] }, service: spare }");
        Assert.Contains("Route/first", RuleAssert.Read("Route", "{ match: { path: /first }, service: spare }").Findings[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Match_OtherParameterNamesAndOrderOfConditions_IsTheSameMatch()
    {
        static string Route(string name, string match) => $"---\napiVersion: tidegate/v1\nkind: Route\nmetadata: {{ name: {name} }}\nspec: {{ respond: {{}}, match: {match} }}\n";

        var result = DocumentReader.Read(
            "a.yaml",
            Route("a", "{ hosts: [x.com, y.com], path: '/o/{id}', methods: [GET, POST], headers: [ { name: A }, { name: b, oneOf: [p, q] } ] }")
            + Route("b", "{ hosts: [Y.com], path: '/o/{key}', methods: [POST, GET], headers: [ { name: B, oneOf: [q, p] }, { name: a } ] }"));

        Assert.Equal("ambiguous_route", Assert.Single(result.Findings).Code);
    }

    [Theory]
    [InlineData("shed: [low, high]")]
    [InlineData("shed: [critical]", "error never_shed spec.shed[0]")]
    public void Shed_NeverCriticalCalls(string spec, params string[] findings) => RuleAssert.Finds("Route", $"match: {{ path: /x }}\nservice: orders\n{spec}", findings);

    [Theory]
    [InlineData("service: orders", "{}")]
    [InlineData("split: [ { service: orders } ]", "{ keepFor: 7d, maxBody: 16MB, maxBytes: 1GB, serve: never }")]
    [InlineData("service: orders", "{ keepFor: 1s, maxBody: 0, maxBytes: 64kB, serve: always }")]
    [InlineData("service: orders", "{ keepFor: 999ms }", "error out_of_range spec.stale.keepFor")]
    [InlineData("service: orders", "{ keepFor: 8d }", "error out_of_range spec.stale.keepFor")]
    [InlineData("service: orders", "{ maxBody: 17MB, maxBytes: 1GB }", "error out_of_range spec.stale.maxBody")]
    [InlineData("service: orders", "{ maxBody: 1kB, maxBytes: 1kB }", "error out_of_range spec.stale.maxBytes")]
    [InlineData("service: orders", "{ maxBody: 2MB, maxBytes: 1MB }", "error out_of_range spec.stale.maxBody")]
    [InlineData("service: orders", "{ serve: sometimes }", "error bad_word spec.stale.serve")]
    [InlineData("redirect: { path: /y }", "{}", "error not_possible spec.stale")]
    [InlineData("respond: { status: 200, body: x }", "{}", "error not_possible spec.stale")]
    [InlineData("models: {}", "{}", "error not_possible spec.stale")]
    public void Stale_IsForAnswersOfServices_WithinItsBounds(string action, string stale, params string[] findings) =>
        RuleAssert.Finds("Route", $"match: {{ path: /x }}\n{action}\nstale: {stale}", findings);

    [Fact]
    public void Stale_OfARouteWithoutGet_HasNoEffect() => RuleAssert.Finds("Route", "match: { path: /x, methods: [POST] }\nservice: orders\nstale: {}", "warning no_effect spec.stale");

    [Theory]
    [InlineData("rollout: { canary: v2 }")]
    [InlineData("rollout: { canary: v2, steps: [100] }")]
    [InlineData("rollout: { canary: v3 }", "error no_canary spec.rollout.canary")]
    [InlineData("rollout: { canary: v2, steps: [5, 50] }", "error bad_steps spec.rollout.steps")]
    [InlineData("rollout: { canary: v2, steps: [0, 50, 50, 100] }", "error bad_steps spec.rollout.steps[0]", "error bad_steps spec.rollout.steps[2]")]
    [InlineData("rollout: { canary: v2, stepTime: 2h, stepLimit: 1h }", "error ends_before_it_begins spec.rollout.stepLimit")]
    public void Rollout_HasACanaryAndStepsThatLeadToAllCalls(string spec, params string[] findings) =>
        RuleAssert.Finds("Route", $"match: {{ path: /x }}\nsplit: [ {{ service: orders, version: v1 }}, {{ service: orders, version: v2 }} ]\n{spec}", findings);

    [Fact]
    public void Rollout_WithoutSomethingToCompareWith_IsRefused() =>
        RuleAssert.Finds("Route", "match: { path: /x }\nsplit: [ { service: orders, version: v2 } ]\nrollout: { canary: v2 }", "error no_baseline spec.rollout.canary");

    [Fact]
    public void Rollout_OfAPlainService_IsRefused() => RuleAssert.Finds("Route", "match: { path: /x }\nservice: orders\nrollout: { canary: v2 }", "error no_canary spec.rollout.canary");
}
