namespace Tidegate.Tests.Core.Resources.Models;

/// <summary>One line per rule of kind Model.</summary>
public sealed class ModelRuleTests
{
    private const string Target = "targets: [ { provider: fake, model: echo } ]";

    [Theory]
    [InlineData(Target)]
    [InlineData("targets: [ { provider: fake, model: echo, when: { headers: [ { name: X-Tier, oneOf: [gold] }, { name: X-Test, not: true } ] } } ]")]
    [InlineData(Target + "\nretry: { budgetRatio: 1, budgetMinimumPerSecond: 0 }")]
    [InlineData(Target + "\nshadow: { provider: fake, model: lorem, share: 0, maxCostPerDay: 5 EUR }")]
    public void Specification_Good_HasNoFindings(string spec) => RuleAssert.Finds("Model", spec);

    [Theory]
    [InlineData("targets: []", "error too_few spec.targets")]
    [InlineData("targets: [ { provider: nobody, model: echo } ]", "error unknown_reference spec.targets[0].provider")]
    [InlineData("targets: [ { provider: fake, model: echo, when: { headers: [ { name: a b } ] } } ]", "error bad_name spec.targets[0].when.headers[0].name")]
    [InlineData("targets: [ { provider: fake, model: echo, when: { headers: [ { name: X, regex: a, prefix: a } ] } } ]", "error at_most_one spec.targets[0].when.headers[0]")]
    [InlineData("targets: [ { provider: fake, model: echo, when: { headers: [ { name: X, regex: '(' } ] } } ]", "error bad_regex spec.targets[0].when.headers[0].regex")]
    [InlineData(Target + "\nsticky: { header: a b }", "error bad_name spec.sticky.header")]
    [InlineData(Target + "\nretry: { budgetRatio: -1 }", "error out_of_range spec.retry.budgetRatio")]
    [InlineData(Target + "\nshadow: { provider: fake, model: lorem }", "error missing_key spec.shadow.maxCostPerDay")]
    [InlineData(Target + "\nshadow: { provider: fake, model: lorem, maxCostPerDay: 0.00 USD }", "error no_amount spec.shadow.maxCostPerDay")]
    [InlineData(Target + "\nshadow: { provider: nobody, model: lorem, maxCostPerDay: 1 USD }", "error unknown_reference spec.shadow.provider")]
    [InlineData(Target + "\nshadow: { provider: fake, model: '', maxCostPerDay: 1 USD }", "error bad_name spec.shadow.model")]
    [InlineData(Target + "\nshadow: { provider: fake, model: lorem, maxCostPerDay: 1 USD, share: 1.5 }", "error out_of_range spec.shadow.share")]
    [InlineData(Target + "\nshadow: { provider: fake, model: echo, maxCostPerDay: 1 USD }", "warning duplicate_target spec.shadow")]
    public void Specification_Bad_IsFound(string spec, string finding) => RuleAssert.Finds("Model", spec, finding);
}
