using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Budgets;
using Tidegate.Gateway.Models.Budgets;

namespace Tidegate.Tests.Gateway.Models.Budgets;

/// <summary>What one call holds, through retries and hedges; each attempt may use 10 tokens.</summary>
public sealed class BudgetHoldTests
{
    private static readonly DateTime Now = new(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc);
    private readonly BudgetState _wide = State();
    private readonly BudgetState _narrow = State();

    [Fact]
    public void TopUp_OneOfTwoWithoutRoom_HoldsNothingOfEither()
    {
        using var hold = Hold(wide: 100, narrow: 9);

        Assert.Equal("budget:narrow", hold.TopUp()!.Policy);

        Assert.Equal((0L, 0L), (Count(_wide).Reserved.Tokens, Count(_narrow).Reserved.Tokens));
        Assert.Equal((0L, 1L), (Count(_wide).Refused, Count(_narrow).Refused));
    }

    [Fact]
    public void Semantics2_12_Hedge_HoldsTwice_AndBothAreSettled()
    {
        var hold = Hold(wide: 100, narrow: 25);
        Assert.Null(hold.TopUp());
        Assert.True(hold.TryAnother());
        Assert.False(hold.TryAnother());
        Assert.Equal((20L, 20L), (Count(_wide).Reserved.Tokens, Count(_narrow).Reserved.Tokens));

        hold.Settle(Use(3));
        hold.Settle(Use(12));

        Assert.Equal((15L, 5L), (Count(_wide).Used.Tokens, Count(_wide).Reserved.Tokens));
        hold.Dispose();
        Assert.Equal((0L, 0L), (Count(_wide).Reserved.Tokens, Count(_narrow).Reserved.Tokens));
    }

    [Fact]
    public void Semantics2_12_HedgeThatCannotBeMade_KeepsOne()
    {
        using var hold = Hold(wide: 100, narrow: 100);
        Assert.Null(hold.TopUp());
        Assert.True(hold.TryAnother());

        hold.DropAnother();

        Assert.Equal(10L, Count(_wide).Reserved.Tokens);
    }

    [Fact]
    public void TopUp_AfterAnAttempt_HoldsAWholeEstimateAgain()
    {
        var hold = Hold(wide: 100, narrow: 100);
        Assert.Null(hold.TopUp());
        hold.Settle(Use(4));
        Assert.Null(hold.TopUp());
        Assert.Equal((4L, 10L), (Count(_wide).Used.Tokens, Count(_wide).Reserved.Tokens));

        Assert.True(hold.TryAnother());
        Assert.Null(hold.TopUp()); // more than one is held: nothing is added, and nothing is lost
        Assert.Equal(20L, Count(_wide).Reserved.Tokens);

        hold.Dispose();
        Assert.Equal((4L, 0L), (Count(_wide).Used.Tokens, Count(_wide).Reserved.Tokens));
    }

    [Fact]
    public void Settle_AnotherCurrency_IsUnknownUnlessItIsNothing()
    {
        var state = State();
        using var hold = new BudgetHold([Share("money", state, new BudgetConfig { Window = BudgetWindow.Day, Cost = "1.00 EUR" })], Events(), new FakeTimeProvider(Now));

        hold.Settle(new ModelUse("p", "m") { Cost = 0, Currency = "USD" });
        Assert.Equal(0, Count(state).UnknownCost);
        hold.Settle(new ModelUse("p", "m") { Cost = 0.5m, Currency = "USD" });
        hold.Settle(new ModelUse("p", "m") { Cost = null });
        hold.Settle(new ModelUse("p", "m") { Cost = 0.25m, Currency = "EUR" });

        Assert.Equal((250_000_000L, 2L), (Count(state).Used.Nanos, Count(state).UnknownCost));
    }

    private static ModelUse Use(long tokens) => new("p", "m") { InputTokens = 1, OutputTokens = tokens - 1, Cost = 0 };

    private static BudgetState State() => new("x", new BudgetCalendar(BudgetWindow.Day, TimeZoneInfo.Utc), []);

    private static BudgetCount Count(BudgetState state) => state.Of("", Now).Read(Now);

    private static BudgetShare Share(string name, BudgetState state, BudgetConfig config) => new(new BudgetModel(name, config, state), "", state.Of("", Now), new BudgetAmount(10, 0));

    private static BudgetEvents Events() => new(NullLogger<BudgetEvents>.Instance, new Meter("test"), TimeProvider.System);

    private BudgetHold Hold(long wide, long narrow) => new(
        [Share("wide", _wide, new BudgetConfig { Window = BudgetWindow.Day, Tokens = wide }), Share("narrow", _narrow, new BudgetConfig { Window = BudgetWindow.Day, Tokens = narrow })],
        Events(), new FakeTimeProvider(Now));
}
