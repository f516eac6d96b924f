using FsCheck.Xunit;
using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies;
using Tidegate.Operations.Remediation.Levels;

namespace Tidegate.Tests.Operations.Remediation;

/// <summary>However a budget jumps, a rule does not.</summary>
public sealed class RuleClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Property(MaxTest = 500)]
    public bool Look_AnyBudget_BeginningsAreApartAndEndsFollowAnUnbrokenRecovery((byte Kind, byte Seconds)[] looks, byte after, byte minActive, byte coolDown)
    {
        var rule = Rule(after, minActive, coolDown);
        var (clock, now) = (default(RuleClock), Start);
        DateTimeOffset? entered = null, left = null, recovered = null;
        foreach (var (kind, seconds) in looks)
        {
            now = now.AddSeconds(seconds);
            // Holds, is in between, is well, or is not known.
            (bool? holds, bool? clear) = (kind % 4) switch { 0 => (true, (bool?)false), 1 => (false, false), 2 => (false, true), _ => ((bool?)null, (bool?)null) };
            var wasActive = clock.Since is not null;
            recovered = clear == true ? recovered ?? now : null;
            (clock, var turn) = clock.Look(holds, clear, now, rule);
            switch (turn)
            {
                case RuleTurn.Enter:
                    if (wasActive || holds != true || now - left < rule.CoolDown || now - entered < rule.MinActive + rule.CoolDown) return false;
                    (entered, recovered) = (now, null);
                    break;
                case RuleTurn.Leave:
                    if (!wasActive || clear != true || now - recovered < rule.Exit.After || now - entered < rule.MinActive) return false;
                    left = now;
                    break;
                default:
                    // It does not miss its time either.
                    if (!wasActive && holds == true && !(now - left < rule.CoolDown)) return false;
                    if (wasActive && now - recovered >= rule.Exit.After && now - entered >= rule.MinActive) return false;
                    break;
            }

            if (turn != RuleTurn.None == (wasActive == clock.Since is not null)) return false;
        }

        return true;
    }

    [Property(MaxTest = 500)]
    public bool Levels_AnyFigures_NeverHoldAndAreClearAtOnce(int left, int burn, int below, byte above, byte burnAbove, byte burnBelow, bool exhausted, bool known)
    {
        var when = new BudgetConditionConfig { BudgetLeftBelow = below, Exhausted = exhausted, BurnAbove = burnAbove, Over = new(1, 'h') };
        var rule = Rule(0, 0, 0) with
        {
            When = when,
            Exit = new BudgetExitConfig { BudgetLeftAbove = below + above, BurnBelow = Math.Min(burnAbove, burnBelow) },
        };
        var reading = new BudgetReading("o", "s", left, new Dictionary<string, double?> { ["1h"] = known ? burn : null }, null);

        var holds = BudgetLevels.All(BudgetLevels.Entry(rule.When, reading));
        var clear = BudgetLevels.IsClear(rule, reading);
        return !(holds == true && clear == true) && (known || holds != true) && (known || clear != true);
    }

    [Fact]
    public void Levels_BetweenEntryAndExit_NeitherHoldNorAreClear()
    {
        var rule = Rule(0, 0, 0) with { When = new BudgetConditionConfig { BudgetLeftBelow = 25 }, Exit = new BudgetExitConfig { BudgetLeftAbove = 40 } };

        Assert.Equal((true, false), Of(rule, 24.9));
        Assert.Equal((false, false), Of(rule, 25));
        Assert.Equal((false, false), Of(rule, 40));
        Assert.Equal((false, true), Of(rule, 40.1));
        Assert.Equal((null, null), Of(rule, null));
    }

    [Fact]
    public void Levels_InWords_SayValueAndLevel()
    {
        var reading = new BudgetReading("orders-work", "orders", -3.456, new Dictionary<string, double?> { ["5m"] = 22.5 }, [new IncidentShare("inc_3", 31), new IncidentShare("inc_2", 3)]);
        var when = new BudgetConditionConfig { BudgetLeftBelow = 25, BurnAbove = 10.5m, Over = new(5, 'm'), Exhausted = true, IncidentAbove = 20 };

        Assert.Equal(
            ["orders-work: -3.46 % of the budget left (below 25 %)", "orders-work: -3.46 % of the budget left (used up)", "orders-work: burns 22.5 times as fast as it may over 5m (above 10.5)", "orders-work: inc_3 used 31 % of the budget (above 20 %)"],
            BudgetLevels.Entry(when, reading).Select(l => l.Text));
        Assert.Equal("orders-work: burn is not known (above 10.5)", BudgetLevels.Entry(when, reading with { Burn = new Dictionary<string, double?>() })[2].Text);
    }

    private static (bool? Holds, bool? Clear) Of(BudgetPolicyRuleConfig rule, double? left)
    {
        var reading = new BudgetReading("o", "s", left, new Dictionary<string, double?>(), null);
        return (BudgetLevels.All(BudgetLevels.Entry(rule.When, reading)), BudgetLevels.IsClear(rule, reading));
    }

    private static BudgetPolicyRuleConfig Rule(int after, int minActive, int coolDown) => new()
    {
        Name = "r", When = new BudgetConditionConfig { Exhausted = true }, Actions = [], Exit = new BudgetExitConfig { After = TimeSpan.FromSeconds(after) }, MinActive = TimeSpan.FromSeconds(minActive),
        CoolDown = TimeSpan.FromSeconds(coolDown),
    };
}
