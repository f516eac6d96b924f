using FsCheck.Xunit;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Resources.Services;
using Tidegate.Gateway.Request.Guard;

namespace Tidegate.Tests.Gateway.Request.Guard;

public sealed class RetryBudgetTests
{
    private static readonly FakeTimeProvider Time = new();

    [Property]
    public void Semantics1_2_RetriesNeverExceedRatioOfRecentCallsPlusMinimum(byte[] steps, byte ratioPercent, byte minimum)
    {
        var config = new RetryConfig { BudgetRatio = ratioPercent % 101 / 100.0, BudgetMinimumPerSecond = minimum % 4 };
        var budget = new RetryBudget(Time);
        var second = Time.TimestampFrequency;
        var now = 1000 * second;
        List<long> calls = [], retries = [];
        foreach (var step in steps)
        {
            now += step % 16 * second / 8;
            for (var i = 0; i < step / 16; i++)
            {
                budget.CountCall(now);
                calls.Add(now);
            }

            while (budget.TryTake(config.BudgetRatio, config.BudgetMinimumPerSecond, now))
            {
                retries.Add(now);
                // The budget's window is accurate to a tenth, so the bound is taken over the longest window it may have meant.
                var recentRetries = retries.Count(r => r > now - (9 * second));
                var recentCalls = calls.Count(c => c > now - (10 * second));
                Assert.True(recentRetries <= (config.BudgetRatio * recentCalls) + (10 * config.BudgetMinimumPerSecond));
            }
        }
    }

    [Fact]
    public void Semantics1_2_RetryBudget_NoCalls_AllowsTheMinimumOnly()
    {
        var budget = new RetryBudget(Time);
        var config = new RetryConfig { BudgetMinimumPerSecond = 2 };

        Assert.Equal(20, Enumerable.Range(0, 100).Count(_ => budget.TryTake(config.BudgetRatio, config.BudgetMinimumPerSecond, 5)));
    }
}
