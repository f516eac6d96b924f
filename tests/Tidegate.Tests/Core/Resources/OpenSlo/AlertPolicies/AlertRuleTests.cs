using Xunit;

namespace Tidegate.Tests.Core.Resources.OpenSlo.AlertPolicies;

/// <summary>One line per rule of OpenSLO's kinds about alerts and data sources.</summary>
public sealed class AlertRuleTests
{
    private const string Condition = "{ kind: AlertCondition, metadata: { name: c }, spec: { severity: page, condition: { kind: burnrate, threshold: 2, lookbackWindow: 1h } } }";
    private const string Target = "{ kind: AlertNotificationTarget, metadata: { name: t }, spec: { target: slack } }";

    [Theory]
    [InlineData($"alertWhenBreaching: true\nconditions: [ {Condition}, {Condition} ]\nnotificationTargets: [ {Target} ]", "error exactly_one spec.conditions", "warning no_settings spec.notificationTargets[0].metadata.name")]
    [InlineData($"conditions: [ {Condition} ]\nnotificationTargets: [ {Target} ]", "warning silent_policy spec", "warning no_settings spec.notificationTargets[0].metadata.name")]
    [InlineData("alertWhenNoData: true\nconditions: [ {} ]\nnotificationTargets: [ {} ]", "error exactly_one spec.conditions[0]", "error exactly_one spec.notificationTargets[0]")]
    [InlineData("alertWhenNoData: true\nconditions: [ { conditionRef: x } ]\nnotificationTargets: [ { targetRef: y } ]", "error unknown_reference spec.conditions[0].conditionRef", "error unknown_reference spec.notificationTargets[0].targetRef")]
    [InlineData("alertWhenNoData: true\nconditions: []\nnotificationTargets: []", "error too_few spec.conditions", "error too_few spec.notificationTargets")]
    public void Policy_Bad_IsFound(string spec, params string[] findings) => RuleAssert.Finds("AlertPolicy", spec, findings);

    [Theory]
    [InlineData("severity: page\ncondition: { threshold: 0, lookbackWindow: 1h }", "error out_of_range spec.condition.threshold")]
    [InlineData("severity: page\ncondition: { threshold: 2, lookbackWindow: 0h }", "error out_of_range spec.condition.lookbackWindow")]
    [InlineData("severity: page\ncondition: { threshold: 2, lookbackWindow: 1h, op: lt }", "error bad_word spec.condition.op")]
    [InlineData("severity: page\ncondition: { threshold: 2, lookbackWindow: 1h, alertAfter: 1h }", "warning late_alert spec.condition.alertAfter")]
    [InlineData("severity: ''\ncondition: { threshold: 2, lookbackWindow: 1h }", "error empty_text spec.severity")]
    [InlineData("severity: page\ncondition: { kind: budget, threshold: 2, lookbackWindow: 1h }", "error bad_word spec.condition.kind")]
    public void Condition_Bad_IsFound(string spec, string finding) => RuleAssert.Finds("AlertCondition", spec, finding);

    [Theory]
    [InlineData("type: prometheus\nconnectionDetails: { url: 'http://p:9090', bearerToken: '${secret:p}', timeout: 5s }")]
    [InlineData("type: Prometheus\nconnectionDetails: { url: 'http://p:9090' }")]
    [InlineData("type: datadog", "error unknown_source spec.type")]
    [InlineData("type: tidegate", "error bad_word spec.type")]
    [InlineData("type: prometheus", "error missing_key spec.connectionDetails.url")]
    [InlineData("type: prometheus\nconnectionDetails: { url: p, user: x }", "error wrong_type spec.connectionDetails.url", "error unknown_key spec.connectionDetails.user")]
    [InlineData("type: prometheus\nconnectionDetails: { url: 'http://p:9090', username: ada, password: hunter2 }", "warning plain_secret spec.connectionDetails.password")]
    [InlineData("type: prometheus\nconnectionDetails: { url: 'http://p:9090', username: '${env:U}' }", "error secret_not_here spec.connectionDetails.username")]
    public void DataSource_IsChecked(string spec, params string[] findings) => RuleAssert.Finds("DataSource", spec, findings);
}
