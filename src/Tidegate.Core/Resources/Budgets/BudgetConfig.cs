using System.ComponentModel.DataAnnotations;

namespace Tidegate.Core.Resources.Budgets;

/// <summary>Kind <c>Budget</c>: how many tokens, and how much money, calls of models may use in a window of the calendar. A call that would overrun it is refused before it is sent.</summary>
public sealed record BudgetConfig
{
    /// <summary>Which calls it counts. Default: all calls of models.</summary>
    public BudgetScopeConfig For { get; init; } = new();

    /// <summary>Whether all calls share one count (<c>all</c>, default), or each consumer, team, key, model or prompt has one of its own.</summary>
    public BudgetEach Each { get; init; } = BudgetEach.All;

    /// <summary>How long until it starts over: <c>minute</c>, <c>hour</c>, <c>day</c>, <c>week</c> (from Monday) or <c>month</c>, by the calendar of <see cref="Zone"/>.</summary>
    public required BudgetWindow Window { get; init; }

    /// <summary>IANA time zone whose calendar holds, such as <c>Europe/Berlin</c>. Default <c>UTC</c>.</summary>
    public string Zone { get; init; } = "UTC";

    /// <summary>Most tokens in a window, input and output. Default 0: no limit.</summary>
    [Range(0, 1_000_000_000_000_000)]
    public long Tokens { get; init; }

    /// <summary>Most money in a window: an amount of at most nine decimals and an ISO 4217 currency, such as <c>250.00 USD</c>. Default: no limit.</summary>
    [RegularExpression(MoneyText.Pattern, ErrorMessage = MoneyText.PatternInWords)]
    public string? Cost { get; init; }

    /// <summary>Share of a limit at which the log tells of it, once per window. Default 0.8; 1: never.</summary>
    [Range(0.0, 1.0)]
    public double SoftLimit { get; init; } = 0.8;

    /// <summary>What happens to a call whose price is not known in the currency of <see cref="Cost"/>: <c>allow</c> (default; counted, and shown as of unknown cost) or <c>refuse</c>.</summary>
    public UnknownPrice UnknownPrice { get; init; } = UnknownPrice.Allow;
}
