using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Reading;
using Xunit;

namespace Tidegate.Tests.Core.Resources.Objectives;

/// <summary>One line per rule of the kinds around objectives.</summary>
public sealed class ObjectiveRuleTests
{
    private const string Once = "windows: [ { from: 2030-01-01T00:00:00Z, until: 2030-01-01T02:00:00Z } ]";
    private const string By = "\nreason: r\nauthor: a";
    private const string Match = "matchers: [ { name: service, value: orders } ]";

    [Theory]
    [InlineData("pairs: [ { severity: page, long: 1h, short: 5m, burn: 14.4 }, { severity: ticket, long: 3d, short: 6h, budgetShare: 0.1 } ]\nclearOn: long\nminEvents: 70\nconfidence: 0.95")]
    [InlineData("pairs: []", "error too_few spec.pairs")]
    [InlineData("pairs: [ { severity: page, long: 1h, short: 1h, burn: 2 } ]", "error short_not_below_long spec.pairs[0].short")]
    [InlineData("pairs: [ { severity: page, long: 1h, short: 0m, burn: 2 } ]", "error short_not_below_long spec.pairs[0].short")]
    [InlineData("pairs: [ { severity: page, long: 1h, short: 5m } ]", "error exactly_one spec.pairs[0]")]
    [InlineData("pairs: [ { severity: page, long: 1h, short: 5m, burn: 0 } ]", "error out_of_range spec.pairs[0].burn")]
    [InlineData("pairs: [ { severity: page, long: 1h, short: 5m, budgetShare: 1.1 } ]", "error out_of_range spec.pairs[0].budgetShare")]
    [InlineData("pairs: [ { severity: sms, long: 1h, short: 5m, burn: 2 } ]", "error bad_word spec.pairs[0].severity")]
    public void AlertSet_IsChecked(string spec, params string[] findings) => RuleAssert.Finds("AlertSet", spec, findings);

    [Theory]
    [InlineData($"{Once}{By}\nkind: chaos\nservices: [orders]")]
    [InlineData($"windows: [ {{ cron: '0 22 * * FRI', duration: 10h, zone: Europe/Berlin }} ]{By}\nkind: business_hours\nservices: [orders]")]
    [InlineData($"{Once}{By}\nkind: chaos", "error at_least_one spec")]
    [InlineData($"{Once}\nreason: ''\nauthor: a\nkind: chaos\nservices: [orders]", "error empty_text spec.reason")]
    [InlineData($"{Once}{By}\nkind: holiday\nservices: [orders]", "error bad_word spec.kind")]
    [InlineData($"{Once}{By}\nkind: other\nslos: [x]", "error unknown_reference spec.slos[0]")]
    [InlineData($"windows: [ {{}} ]{By}\nkind: other\nservices: [orders]", "error exactly_one spec.windows[0]")]
    [InlineData($"windows: [ {{ from: 2030-01-01T00:00:00Z }} ]{By}\nkind: other\nservices: [orders]", "error missing_key spec.windows[0]")]
    [InlineData($"windows: [ {{ cron: '0 1 * * *' }} ]{By}\nkind: other\nservices: [orders]", "error missing_key spec.windows[0]")]
    [InlineData($"windows: [ {{ from: 2030-01-01T00:00:00Z, until: 2029-01-01T00:00:00Z }} ]{By}\nkind: other\nservices: [orders]", "error ends_before_it_begins spec.windows[0].until")]
    [InlineData($"windows: [ {{ cron: 'at night', duration: 1h }} ]{By}\nkind: other\nservices: [orders]", "error bad_text spec.windows[0].cron")]
    [InlineData($"windows: [ {{ cron: '0 1 * * *', duration: 1h, zone: Mars }} ]{By}\nkind: other\nservices: [orders]", "error unknown_zone spec.windows[0].zone")]
    [InlineData($"windows: [ {{ cron: '0 1 * * *', duration: 40d }} ]{By}\nkind: other\nservices: [orders]", "error out_of_range spec.windows[0].duration")]
    public void Exclusion_IsChecked(string spec, params string[] findings) => RuleAssert.Finds("Exclusion", spec, findings);

    [Theory]
    [InlineData($"{Match}{By}\nuntil: 2030-01-01T00:00:00Z")]
    [InlineData($"{Match}{By}", "error missing_key spec.until")]
    [InlineData($"matchers: []{By}\nuntil: 2030-01-01T00:00:00Z", "error too_few spec.matchers")]
    [InlineData($"{Match}{By}\nfrom: 2031-01-01T00:00:00Z\nuntil: 2030-01-01T00:00:00Z", "error ends_before_it_begins spec.until")]
    [InlineData($"matchers: [ {{ name: a, op: '=~', value: '(' }} ]{By}\nuntil: 2030-01-01T00:00:00Z", "error bad_pattern spec.matchers[0].value")]
    [InlineData($"matchers: [ {{ name: a, op: '==', value: b }} ]{By}\nuntil: 2030-01-01T00:00:00Z", "error bad_word spec.matchers[0].op")]
    public void Silence_IsChecked(string spec, params string[] findings) => RuleAssert.Finds("Silence", spec, findings);

    [Theory]
    [InlineData($"{Once}\nreason: r\nservices: [orders]")]
    [InlineData($"{Once}\nreason: r\nservices: []", "error too_few spec.services")]
    [InlineData($"{Once}\nreason: ' '\nservices: [orders]", "error empty_text spec.reason")]
    public void MaintenanceWindow_IsChecked(string spec, params string[] findings) => RuleAssert.Finds("MaintenanceWindow", spec, findings);

    [Theory]
    [InlineData($"{Once}\nreason: r\nexceptions: [p0]")]
    [InlineData($"{Once}\nreason: r\nexceptions: [p1]", "error bad_word spec.exceptions[0]")]
    [InlineData($"{Once}\nreason: r\nservices: [x]", "error unknown_reference spec.services[0]")]
    public void FreezeCalendar_IsChecked(string spec, params string[] findings) => RuleAssert.Finds("FreezeCalendar", spec, findings);

    [Theory]
    [InlineData("source: [ { name: severity, value: page } ]\ntarget: [ { name: severity, value: ticket } ]\nequal: [service]")]
    [InlineData("source: [ { name: '', value: page } ]\ntarget: [ { name: severity, value: ticket } ]", "error bad_name spec.source[0].name")]
    [InlineData("source: [ { name: a, value: page } ]\ntarget: [ { name: severity, value: ticket } ]\nequal: ['']", "error bad_name spec.equal[0]")]
    public void Inhibition_IsChecked(string spec, params string[] findings) => RuleAssert.Finds("Inhibition", spec, findings);

    [Theory]
    [InlineData("channel: { type: webhook, url: 'https://a/b', signingKey: '${secret:k}', headers: { X-Team: a } }")]
    [InlineData("channel: { type: email, to: [a@example.com], from: b@example.com, host: mail.example.com, username: u, password: '${env:P}' }\nseverities: [page]")]
    [InlineData("channel: { type: pagerduty, routingKey: '${env:K}' }\nservices: [orders]")]
    [InlineData("channel: { type: opsgenie, apiKey: '${env:K}', teams: [sre] }")]
    [InlineData("channel: { type: alertmanager, urls: ['http://am:9093'] }")]
    [InlineData("channel: { type: teams, url: '${env:K}' }\ntemplates: { title: '{slo} burns' }\ngroup: { by: [service, slo], wait: 30s }")]
    [InlineData("channel: { type: teams, url: '${env:K}' }\ntemplates: { title: '{nosuch} at {firedAt}', body: '{summary} { not this } {policy} {Slo} {Slo}' }", "warning unknown_field spec.templates.title", "warning unknown_field spec.templates.body")]
    [InlineData("channel: { url: x }", "error missing_key spec.channel.type")]
    [InlineData("channel: { type: sms }", "error bad_word spec.channel.type")]
    [InlineData("channel: { type: slack, type: slack, url: '${env:S}' }", "error duplicate_key spec.channel.type")]
    [InlineData("channel: { type: slack, token: x, url: '${env:S}' }", "error unknown_key spec.channel.token")]
    [InlineData("channel: { type: slack, url: 'https://hooks.example.com/x' }", "warning plain_secret spec.channel.url")]
    [InlineData("channel: { type: webhook, url: example }", "error bad_address spec.channel.url")]
    [InlineData("channel: { type: webhook, url: 'https://a/', headers: { Host: b } }", "error bad_header spec.channel.headers")]
    [InlineData("channel: { type: email, to: [], from: b@example.com, host: m }", "error too_few spec.channel.to")]
    [InlineData("channel: { type: email, to: [nobody], from: b@example.com, host: m }", "error bad_address spec.channel.to[0]")]
    [InlineData("channel: { type: email, to: [a@b], from: b, host: m }", "error bad_address spec.channel.from")]
    [InlineData("channel: { type: email, to: [a@b], from: b@c, host: 'm:25' }", "error bad_host spec.channel.host")]
    [InlineData("channel: { type: email, to: [a@b], from: b@c, host: m, username: u }", "error both_or_none spec.channel")]
    [InlineData("channel: { type: email, to: [a@b], from: b@c, host: m, security: none, username: u, password: '${env:P}' }", "warning password_in_clear spec.channel.security")]
    public void NotificationTarget_IsChecked(string spec, params string[] findings) => RuleAssert.Finds("NotificationTarget", spec, findings);

    [Fact]
    public void NotificationTarget_UnknownField_SaysWhichThereAre()
    {
        var found = Assert.Single(RuleAssert.Read("NotificationTarget", "channel: { type: teams, url: '${env:K}' }\ntemplates: { title: '{servce} {title}' }").Findings);

        Assert.Equal(
            "{servce} is no field of an alert and no label of Tidegate's own ones: it is sent as it is written. Did you mean \"service\"? Fields: alert, state, severity, title, summary, evidence, runbook, links, firedAt, resolvedAt; "
            + "labels: slo, objective, service, alertname, policy, rule, rollout, route, version, budget, part, event. Alerts from outside have labels of their own.",
            found.Message);
    }

    [Theory]
    [InlineData("{ budgetLeftBelow: 25 }, actions: [ { type: shed, routes: [first] }, { type: freeze }, { type: incident, severity: sev1 } ]")]
    [InlineData("{ burnAbove: 10, over: 1h }, exit: { burnBelow: 5, after: 30m }, lasts: 2h, minActive: 1m, coolDown: 1h, actions: [ { type: tighten, routes: [first], factor: 0.25, minShare: 0.3 } ]", "warning no_effect spec.rules[0].actions[0].routes[0]")]
    [InlineData("{ exhausted: true }, actions: [ { type: split, route: first, split: [ { service: spare } ], maxShift: 30, minShare: 5 } ]")]
    [InlineData("{ incidentAbove: 20 }, actions: [ { type: hedging_off, services: [orders] } ]", "warning no_effect spec.rules[0].actions[0].services[0]")]
    [InlineData("{ incidentAbove: 20 }, actions: [ { type: postmortem } ]")]
    [InlineData("{ exhausted: true }, actions: [ { type: freeze }, { type: postmortem } ]", "error no_incident spec.rules[0].actions[1]")]
    [InlineData("{ exhausted: true }, actions: [ { type: stale, routes: [first] } ]", "error no_stale spec.rules[0].actions[0].routes[0]")]
    [InlineData("{ exhausted: true }, actions: [ { type: stale, services: [orders, spare] } ]", "error no_stale spec.rules[0].actions[0].services[0]", "error no_stale spec.rules[0].actions[0].services[1]")]
    [InlineData("{ exhausted: true }, actions: [ { type: stale } ]", "error at_least_one spec.rules[0].actions[0]")]
    [InlineData("{ exhausted: true }, actions: [ { type: stale, routes: [none], services: [nobody] } ]", "error unknown_reference spec.rules[0].actions[0].routes[0]", "error unknown_reference spec.rules[0].actions[0].services[0]")]
    [InlineData("{ exhausted: true }, actions: [ { type: shed, routes: [first], classes: [low, critical] } ]", "error never_shed spec.rules[0].actions[0].classes[1]")]
    [InlineData("{ exhausted: true }, actions: [ { type: shed, routes: [first], classes: [] } ]", "error too_few spec.rules[0].actions[0].classes")]
    [InlineData("{ exhausted: true }, actions: [ { type: split, route: first, split: [ { service: spare, weight: 0 } ] } ]", "error no_weight spec.rules[0].actions[0].split")]
    [InlineData("{ exhausted: true }, actions: [ { type: split, route: first, split: [ { service: spare }, { service: spare } ] } ]", "error duplicate_branch spec.rules[0].actions[0].split[1]")]
    [InlineData("{ exhausted: true }, actions: [ { type: split, route: first, split: [ { service: spare } ] }, { type: split, route: first, split: [ { service: orders } ] } ]", "error duplicate_name spec.rules[0].actions[1].route")]
    [InlineData("{ exhausted: true }, actions: [ { type: incident, severity: sev5 } ]", "error bad_word spec.rules[0].actions[0].severity")]
    [InlineData("{ exhausted: true }, lasts: 10s, actions: [ { type: freeze } ]", "error out_of_range spec.rules[0].lasts")]
    [InlineData("{}, actions: [ { type: freeze } ]", "error at_least_one spec.rules[0].when")]
    [InlineData("{ burnAbove: 10 }, actions: [ { type: freeze } ]", "error missing_key spec.rules[0].when")]
    [InlineData("{ exhausted: true, over: 1h }, actions: [ { type: freeze } ]", "error unused_key spec.rules[0].when.over")]
    [InlineData("{ budgetLeftBelow: 25 }, exit: { budgetLeftAbove: 20 }, actions: [ { type: freeze } ]", "error exit_before_entry spec.rules[0].exit.budgetLeftAbove")]
    [InlineData("{ burnAbove: 10, over: 1h }, exit: { burnBelow: 12 }, actions: [ { type: freeze } ]", "error exit_before_entry spec.rules[0].exit.burnBelow")]
    [InlineData("{ exhausted: true }, exit: { burnBelow: 1 }, actions: [ { type: freeze } ]", "error missing_key spec.rules[0].exit")]
    [InlineData("{ exhausted: true }, actions: []", "error too_few spec.rules[0].actions")]
    [InlineData("{ exhausted: true }, actions: [ { type: pray } ]", "error bad_word spec.rules[0].actions[0].type")]
    [InlineData("{ exhausted: true }, actions: [ { type: shed } ]", "error missing_key spec.rules[0].actions[0].routes")]
    [InlineData("{ exhausted: true }, actions: [ { type: shed, routes: [none] } ]", "error unknown_reference spec.rules[0].actions[0].routes[0]")]
    [InlineData("{ exhausted: true }, actions: [ { type: hedging_off } ]", "error at_least_one spec.rules[0].actions[0]")]
    [InlineData("{ exhausted: true }, actions: [ { type: notify, targets: [none] } ]", "error unknown_reference spec.rules[0].actions[0].targets[0]")]
    public void ErrorBudgetPolicy_IsChecked(string rule, params string[] findings) =>
        RuleAssert.Finds("ErrorBudgetPolicy", $"for: {{ services: [orders] }}\nrules: [ {{ name: r, when: {rule} }} ]", findings);

    // What a rule changes in traffic is taken back at the end of lasts, and escalated unless it was left before.
    [Theory]
    [InlineData("exhausted: true", "lasts: 30m, exit: { after: 29m }", "shed")]
    [InlineData("exhausted: true", "lasts: 30m, exit: { after: 30m }", "shed", "after 30m (lasts) and the rule is left when its exit has held for 30m (exit.after): it can never be seen to have helped. Give a lasts above 30m, such as 1h, or a shorter exit.after.")]
    [InlineData("exhausted: true", "lasts: 5m", "shed", "after 5m (lasts) and the rule is left when its exit has held for 10m (exit.after): it can never be seen to have helped. Give a lasts above 10m, such as 20m, or a shorter exit.after.")]
    [InlineData("exhausted: true", "lasts: 5m", "freeze")]
    [InlineData("burnAbove: 10, over: 30m", "", "shed")]
    [InlineData("burnAbove: 10, over: 1h", "lasts: 2h, exit: { burnBelow: 2, over: 10m }", "shed")]
    [InlineData("burnAbove: 10, over: 1h", "", "shed", "after 1h (lasts) and the burn is looked at over 1h (when.over): what burnt before can keep it high for as long, so that it may not be seen to have helped. Give a lasts above 1h10m, such as 2h20m, or a shorter window.")]
    [InlineData("burnAbove: 10, over: 5m", "lasts: 30m, exit: { burnBelow: 2, over: 6h, after: 5m }", "shed", "after 30m (lasts) and the burn is looked at over 6h (exit.over): what burnt before can keep it high for as long, so that it may not be seen to have helped. Give a lasts above 6h5m, such as 12h10m, or a shorter window.")]
    [InlineData("burnAbove: 10, over: 1h", "exit: { burnBelow: 2 }", "freeze")]
    [InlineData("burnAbove: 10, over: 30d", "", "shed", "after 1h (lasts) and the burn is looked at over 30d (when.over): what burnt before can keep it high for as long, so that it may not be seen to have helped. Give a shorter window.")]
    public void ErrorBudgetPolicy_TakenBackBeforeItIsSeenToHelp_IsFound(string when, string rule, string action, params string[] words)
    {
        var found = RuleAssert.Read("ErrorBudgetPolicy", $"for: {{ services: [orders] }}\nrules: [ {{ name: r, when: {{ {when} }}, actions: [ {{ type: {action}{(action == "shed" ? ", routes: [first]" : "")} }} ]{(rule.Length > 0 ? ", " + rule : "")} }} ]").Findings;

        Assert.All(found, f => Assert.Equal((FindingSeverity.Warning, "lasts_too_short", "spec.rules[0].lasts"), (f.Severity, f.Code, f.Path)));
        Assert.Equal(words.Select(w => $"What the rule changes in traffic is taken back {w}"), found.Select(f => f.Message));
    }

    [Theory]
    [InlineData("routes: [keeps]")]
    [InlineData("services: [orders]")]
    [InlineData("services: [spare]")]
    [InlineData("routes: [first]", "Route/first keeps no answers, so there is nothing stale to serve: give Route/first the key stale, for example \"stale: {}\".")]
    [InlineData("routes: [models]", "Route/models keeps no answers, so there is nothing stale to serve: it serves models, and their caches give no answer that has expired. Give the Models fallbacks, and use the action fallback.")]
    [InlineData("services: [third]", "No route of Service/third keeps answers, so there is nothing stale to serve: give Route/third the key stale, for example \"stale: {}\".")]
    [InlineData("services: [lonely]", "No route leads to Service/lonely, so nobody gets its answers: name another service.")]
    public void ErrorBudgetPolicy_StaleWhereNothingIsKept_SaysWhichKeyIsMissing(string action, params string[] findings)
    {
        static string Object(string kind, string name, string spec) => $"---\napiVersion: tidegate/v1\nkind: {kind}\nmetadata: {{ name: {name} }}\nspec: {{ {spec} }}\n";
        var read = DocumentReader.Read([new SourceText("t.yaml", RuleAssert.Around
            + Object("Route", "keeps", "match: { path: /keeps }, split: [ { service: orders }, { service: spare } ], stale: {}") + Object("Route", "models", "match: { path: '/v1/{**rest}' }, models: {}")
            + Object("Service", "third", "destinations: [ { address: 'http://c:1' } ]") + Object("Service", "lonely", "destinations: [ { address: 'http://d:1' } ]") + Object("Route", "third", "match: { path: /third }, service: third")
            + Object("ErrorBudgetPolicy", "p", $"for: {{ services: [orders] }}, rules: [ {{ name: r, when: {{ exhausted: true }}, actions: [ {{ type: stale, {action} }} ] }} ]"))]);

        Assert.Equal(findings, read.Findings.Select(f => f.Message));
    }

    [Fact]
    public void ErrorBudgetPolicy_FallbackOfAModelWithoutOne_IsFound()
    {
        var read = DocumentReader.Read([new SourceText("t.yaml", """
            apiVersion: tidegate/v1
            kind: Provider
            metadata: { name: fake }
            spec: { vendor: fake }
            ---
            apiVersion: tidegate/v1
            kind: Model
            metadata: { name: chat }
            spec: { targets: [ { provider: fake, model: m } ] }
            ---
            apiVersion: tidegate/v1
            kind: ErrorBudgetPolicy
            metadata: { name: p }
            spec:
              for: { services: [ chat ] }
              rules: [ { name: r, when: { burnAbove: 2, over: 60d }, actions: [ { type: fallback, models: [ chat ] }, { type: shadow_off, models: [ chat ] } ] } ]
            ---
            apiVersion: openslo/v1
            kind: Service
            metadata: { name: chat }
            spec: {}
            ---
            apiVersion: openslo/v1
            kind: SLO
            metadata: { name: chat-answers }
            spec:
              service: chat
              budgetingMethod: Occurrences
              timeWindow: [ { duration: 30d, isRolling: true } ]
              objectives: [ { target: 0.99 } ]
              indicator:
                metadata: { name: chat-answered }
                spec: { ratioMetric: { rawType: success, raw: { metricSource: { type: tidegate, spec: { measure: availability, model: [ chat ] } } } } }
            """)]);

        Assert.Equal(
            ["Warning lasts_too_short spec.rules[0].lasts", "Warning window_too_long spec.rules[0].when.over", "Error no_fallback spec.rules[0].actions[0].models[0]", "Warning no_effect spec.rules[0].actions[1].models[0]"],
            read.Findings.Select(f => $"{f.Severity} {f.Code} {f.Path}"));
    }

    [Fact]
    public void ErrorBudgetPolicy_ForNothingWithTwoRulesOfOneName_IsFound() => RuleAssert.Finds(
        "ErrorBudgetPolicy",
        "for: {}\nrules: [ { name: r, when: { exhausted: true }, actions: [ { type: freeze } ] }, { name: r, when: { exhausted: true }, actions: [ { type: freeze } ] } ]",
        "error at_least_one spec.for",
        "error duplicate_name spec.rules[1].name");

    [Theory]
    [InlineData("dependencies: [ { service: orders }, { service: spare, kind: soft } ]")]
    [InlineData("dependencies: [ { service: tested } ]", "error self_reference spec.dependencies[0].service")]
    [InlineData("dependencies: [ { service: orders }, { service: orders } ]", "error duplicate_name spec.dependencies[1].service")]
    [InlineData("dependencies: [ { service: nobody } ]", "error unknown_reference spec.dependencies[0].service")]
    public void Dependencies_AreChecked(string spec, params string[] findings) => RuleAssert.Finds("Service", $"destinations: [ {{ address: 'http://a:1' }} ]\n{spec}", findings);
}
