using Tidegate.Core.Calls;
using Tidegate.Core.Resources.OpenSlo.Indicators;
using Xunit;

namespace Tidegate.Tests.Core.Resources.OpenSlo.Indicators;

/// <summary>What metric sources may say, by type.</summary>
public sealed class MetricSourceRuleTests
{
    private const string Path = "spec.ratioMetric.raw.metricSource";

    [Theory]
    [InlineData("type: tidegate, spec: { measure: availability, service: [orders], route: [first], consumer: [shop], groupBy: version }")]
    [InlineData("type: Tidegate, spec: { measure: availability, good: [ok, client_error], bad: [timeout, upstream_error] }")]
    [InlineData("type: tidegate, spec: { measure: tokens_per_second, threshold: 30 }")]
    [InlineData("type: tidegate, spec: { measure: cost_per_good_answer, threshold: 0.02 USD }")]
    [InlineData("type: tidegate, spec: { measure: freshness, threshold: 1m30s }")]
    [InlineData("type: probe, spec: { type: http, target: 'https://example.com/healthz', headers: { Authorization: '${secret:probe}' }, expect: { status: [200, 204], contains: up } }")]
    [InlineData("type: probe, spec: { type: tls, target: 'example.com:443', expect: { certificateDays: 21 } }")]
    [InlineData("type: probe, spec: { type: dns, target: example.com, recordType: MX, server: 'ns.example.com:53' }")]
    [InlineData("type: probe, spec: { type: grpc, target: '[::1]:50051', grpcService: orders, interval: 10s, timeout: 1s }")]
    [InlineData("type: events, spec: { name: exports.nightly }")]
    [InlineData("type: otlp, spec: { metric: http.server.request.duration, attributes: { service.name: orders }, threshold: 0.3 }")]
    [InlineData("type: prometheus, spec: { query: 'job:ratio{a=\"b\"}', queryType: promql, url: 'http://p:9090', step: 30s }")]
    public void Source_Good_HasNoFindings(string source) => RuleAssert.Finds("SLI", Sli(source));

    [Theory]
    [InlineData("spec: { measure: availability }", $"error missing_key {Path}")]
    [InlineData("type: datadog, spec: { query: x }", $"error unknown_source {Path}.type")]
    [InlineData("metricSourceRef: nowhere, spec: { query: x }", $"error unknown_reference {Path}.metricSourceRef")]
    [InlineData("type: tidegate", $"error missing_key {Path}.spec.measure")]
    [InlineData("type: tidegate, spec: { measure: speed }", $"error bad_word {Path}.spec.measure")]
    [InlineData("type: tidegate, spec: { measure: availability, threshold: 5s }", $"error unused_key {Path}.spec.threshold")]
    [InlineData("type: tidegate, spec: { measure: latency }", $"error missing_key {Path}.spec")]
    [InlineData("type: tidegate, spec: { measure: latency, threshold: 300 }", $"error bad_text {Path}.spec.threshold")]
    [InlineData("type: tidegate, spec: { measure: latency, threshold: 0ms }", $"error bad_text {Path}.spec.threshold")]
    [InlineData("type: tidegate, spec: { measure: tokens_per_second, threshold: 0 }", $"error bad_text {Path}.spec.threshold")]
    [InlineData("type: tidegate, spec: { measure: cost_per_good_answer, threshold: 5 }", $"error bad_text {Path}.spec.threshold")]
    [InlineData("type: tidegate, spec: { measure: availability, services: [orders] }", $"error unknown_key {Path}.spec.services")]
    [InlineData("type: tidegate, spec: { measure: availability, service: orders }", $"error wrong_type {Path}.spec.service")]
    [InlineData("type: tidegate, spec: { measure: availability, service: [odrers] }", $"error unknown_reference {Path}.spec.service[0]")]
    [InlineData("type: tidegate, spec: { measure: availability, good: [fine] }", $"error bad_word {Path}.spec.good[0]")]
    [InlineData("type: tidegate, spec: { measure: availability, good: [ok, shed], bad: [shed] }", $"error contradiction {Path}.spec.bad")]
    [InlineData("type: tidegate, spec: { measure: availability, groupBy: path }", $"error bad_word {Path}.spec.groupBy")]
    [InlineData("type: tidegate, spec: { measure: availability, team: [''] }", $"error bad_name {Path}.spec.team[0]")]
    [InlineData("type: probe, spec: { type: http, target: example.com }", $"error bad_target {Path}.spec.target")]
    [InlineData("type: probe, spec: { type: tcp, target: example.com }", $"error bad_target {Path}.spec.target")]
    [InlineData("type: probe, spec: { type: model, target: nobody }", $"error bad_target {Path}.spec.target")]
    [InlineData("type: probe, spec: { type: tcp, target: 'a:1', interval: 5s }", $"error timeout_too_long {Path}.spec.timeout")]
    [InlineData("type: probe, spec: { type: http, target: 'https://a/', body: '${secret:x}' }", $"error secret_not_here {Path}.spec.body")]
    [InlineData("type: probe, spec: { type: http, target: 'https://a/', headers: { Authorization: abc } }", $"warning plain_secret {Path}.spec.headers.Authorization")]
    [InlineData("type: events, spec: { name: Exports }", $"error bad_name {Path}.spec.name")]
    [InlineData("type: prometheus, spec: { query: '', url: 'http://p:9090' }", $"error bad_text {Path}.spec.query")]
    [InlineData("type: prometheus, spec: { query: 'rate(x)', url: 'http://p:9090' }", $"warning bad_query {Path}.spec.query")]
    [InlineData("type: prometheus, spec: { query: up }", $"warning no_server {Path}")]
    [InlineData("type: prometheus, spec: { query: up, url: 'http://p:9090', step: 25s }", $"error bad_step {Path}.spec.step")]
    [InlineData("type: prometheus, spec: { query: up, url: 'http://p:9090', step: 7m }", $"error bad_step {Path}.spec.step")]
    [InlineData("type: prometheus, spec: { query: up, url: 'http://p:9090', step: 90s }", $"error bad_step {Path}.spec.step")]
    [InlineData("type: prometheus, spec: { query: up, url: 'ftp://p' }", $"error bad_address {Path}.spec.url")]
    [InlineData("type: prometheus, spec: { query: up, url: 'http://ada:x@p:9090' }", $"error bad_address {Path}.spec.url")]
    public void Source_Bad_IsFound(string source, string finding) => RuleAssert.Finds("SLI", Sli(source), finding);

    [Theory]
    [InlineData(
        "type: tidegate, spec: { measure: latency, service: orders, good: [fine], region: [''] }",
        $"error wrong_type {Path}.spec.service", $"error missing_key {Path}.spec", $"error bad_word {Path}.spec.good[0]", $"error bad_name {Path}.spec.region[0]")]
    [InlineData("type: tidegate, spec: { measure: speed, threshold: 300, services: [a], bad: [fine] }", $"error bad_word {Path}.spec.measure", $"error unknown_key {Path}.spec.services", $"error bad_word {Path}.spec.bad[0]")]
    [InlineData("type: probe, spec: { type: tcp, target: a, interval: soon, timeout: 20s, colour: red }", $"error wrong_type {Path}.spec.interval", $"error unknown_key {Path}.spec.colour", $"error bad_target {Path}.spec.target")]
    [InlineData("type: probe, spec: { type: udp, target: a, body: '${secret:x}' }", $"error bad_word {Path}.spec.type", $"error secret_not_here {Path}.spec.body")]
    [InlineData("type: prometheus, spec: { query: 'sum(up', url: 'ftp://p', step: 25s, every: 1m }", $"error unknown_key {Path}.spec.every", $"warning bad_query {Path}.spec.query", $"error bad_address {Path}.spec.url", $"error bad_step {Path}.spec.step")]
    public void Source_WithSeveralErrors_TellsAllOfThem_AndNothingOfBlanks(string source, params string[] findings) => Assert.Equal(
        findings.Order(StringComparer.Ordinal),
        RuleAssert.Read("SLI", Sli(source)).Findings.Select(f => $"{f.Severity.ToString().ToLowerInvariant()} {f.Code} {f.Path}").Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("url: 'https://p:9090/prometheus', headers: { X-Scope-OrgID: shop }, bearerToken: '${secret:p}', caFile: /etc/p.pem, timeout: 5s")]
    [InlineData("url: 'http://p:9090', username: ada, password: '${secret:p}'")]
    [InlineData("url: 'ftp://p:9090'", "error bad_address spec.connectionDetails.url")]
    [InlineData("url: 'http://p:9090/?a=b'", "error bad_address spec.connectionDetails.url")]
    [InlineData("url: 'http://p:9090', username: ada, password: '${secret:p}', bearerToken: '${secret:p}'", "error contradiction spec.connectionDetails.bearerToken")]
    [InlineData("url: 'http://p:9090', password: '${secret:p}'", "error missing_key spec.connectionDetails")]
    [InlineData("url: 'http://p:9090', caFile: /etc/p.pem", "warning unused_key spec.connectionDetails.caFile")]
    [InlineData("url: [], caFile: /etc/p.pem, password: '${secret:p}', tls: no", "error missing_key spec.connectionDetails", "error wrong_type spec.connectionDetails.url", "error unknown_key spec.connectionDetails.tls")]
    public void Connection_OfPrometheus_IsChecked(string connection, params string[] findings) =>
        RuleAssert.Finds("DataSource", $"type: prometheus\nconnectionDetails: {{ {connection} }}", findings);

    [Theory]
    [InlineData(GatewayMeasure.Availability, "", "", "ok", "shed upstream_error timeout unavailable truncated gateway_error")]
    [InlineData(GatewayMeasure.Latency, "", "", "ok", "")]
    [InlineData(GatewayMeasure.Availability, "ok shed", "", "ok shed", "upstream_error timeout unavailable truncated gateway_error")]
    [InlineData(GatewayMeasure.Availability, "", "client_error", "ok", "client_error")]
    [InlineData(GatewayMeasure.Availability, "", "ok", "", "ok")]
    public void Outcomes_WrittenOnesWinOverDefaults(GatewayMeasure measure, string good, string bad, string isGood, string isBad)
    {
        var outcomes = GatewayOutcomes.Of(new GatewayIndicatorConfig { Measure = measure, Good = Words(good), Bad = Words(bad) });

        Assert.Equal(isGood, string.Join(' ', CallOutcomes.All.Where((_, i) => outcomes.Good[i])));
        Assert.Equal(isBad, string.Join(' ', CallOutcomes.All.Where((_, i) => outcomes.Bad[i])));
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string Sli(string source) => $"ratioMetric:\n  rawType: success\n  raw: {{ metricSource: {{ {source} }} }}";
}
