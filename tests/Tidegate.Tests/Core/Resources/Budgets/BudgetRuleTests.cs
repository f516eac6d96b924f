using Tidegate.Core.Resources.Budgets;

namespace Tidegate.Tests.Core.Resources.Budgets;

/// <summary>One line per rule of kind Budget.</summary>
public sealed class BudgetRuleTests
{
    [Theory]
    [InlineData("window: month\ntokens: 1000000")]
    [InlineData("window: day\ncost: 0.000000001 EUR\nzone: Europe/Berlin\nunknownPrice: refuse")]
    [InlineData("window: week\ncost: 12 USD\nsoftLimit: 1\neach: consumer\nfor: { consumers: [shop], teams: [blue], keys: [k1], routes: [first], tags: [nightly] }")]
    public void Specification_Good_HasNoFindings(string spec) => RuleAssert.Finds("Budget", spec);

    [Theory]
    [InlineData("window: day", "error at_least_one spec")]
    [InlineData("tokens: 5", "error missing_key spec.window")]
    [InlineData("window: year\ntokens: 5", "error bad_word spec.window")]
    [InlineData("window: day\ntokens: -1", "error out_of_range spec.tokens")]
    [InlineData("window: day\ncost: 0 USD", "error no_amount spec.cost")]
    [InlineData("window: day\ncost: 5", "error bad_text spec.cost")]
    [InlineData("window: day\ncost: 5 usd", "error bad_text spec.cost")]
    [InlineData("window: day\ncost: 0.0000000001 USD", "error bad_text spec.cost")]
    [InlineData("window: day\ntokens: 5\nzone: Mars/Olympus", "error unknown_zone spec.zone")]
    [InlineData("window: day\ntokens: 5\nsoftLimit: 1.5", "error out_of_range spec.softLimit")]
    [InlineData("window: day\ntokens: 5\nunknownPrice: refuse", "warning unused_key spec.unknownPrice")]
    [InlineData("window: day\ntokens: 5\nfor: { consumers: [nobody] }", "error unknown_reference spec.for.consumers[0]")]
    [InlineData("window: day\ntokens: 5\nfor: { models: [nothing] }", "error unknown_reference spec.for.models[0]")]
    [InlineData("window: day\ntokens: 5\nfor: { tags: ['a,b'] }", "error bad_name spec.for.tags[0]")]
    [InlineData("window: day\ntokens: 5\nfor: { teams: [''] }", "error bad_name spec.for.teams[0]")]
    public void Specification_Bad_IsFound(string spec, string finding) => RuleAssert.Finds("Budget", spec, finding);

    [Fact]
    public void Cost_Wrong_IsAnsweredWithAnExample() => Assert.Equal(
        "\"250 usd\" is not legal: expected an amount and the code of its currency in capitals, such as 250.00 USD.", Assert.Single(RuleAssert.Read("Budget", "window: day\ncost: 250 usd").Findings).Message);

    [Theory]
    [InlineData("250.00 USD", 250_000_000_000, "USD")]
    [InlineData("0.000000001 EUR", 1, "EUR")]
    [InlineData("999999999.999999999 JPY", 999_999_999_999_999_999, "JPY")]
    public void Money_IsReadToABillionth(string text, long nanos, string currency)
    {
        Assert.Equal((nanos, currency), MoneyText.Parse(text));
        Assert.Equal((nanos, currency), MoneyText.Parse(MoneyText.Format(nanos, currency)));
    }

    [Theory]
    [InlineData("0.0000000001", 1)] // never less than it is
    [InlineData("0.0000475", 47_500)]
    [InlineData("79228162514264337593543950335", 2_305_843_009_000_000_000)]
    public void Money_OfAnySize_IsWholeBillionths(string amount, long nanos) =>
        Assert.Equal(nanos, MoneyText.InNanos(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture)));
}
