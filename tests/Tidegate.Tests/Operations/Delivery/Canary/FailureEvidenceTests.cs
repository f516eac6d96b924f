using Tidegate.Operations.Delivery.Canary;

namespace Tidegate.Tests.Operations.Delivery.Canary;

public sealed class FailureEvidenceTests
{
    /// <summary>By hand: shares 0.1 and 0.5, two calls each, so 0.3 for both; (0.9/0.7)^2 for two good ones, (0.5/0.3)^2 for two bad ones: 1.6531 x 2.7778 = 4.5918.</summary>
    [Fact]
    public void LogRatio_ByHand_IsThatOfTheTwoShares()
    {
        Assert.Equal(4.5918, Math.Exp(FailureEvidence.LogRatio(0.1, 0.5, new(0, 2), new(2, 2))), 4);
        Assert.Equal(0, FailureEvidence.LogRatio(0.1, 0.5, new(0, 0), new(2, 2)));
        Assert.Equal(0, FailureEvidence.LogRatio(0.1, 0.5, new(0, 2), new(0, 0)));
    }

    /// <summary>
    /// By hand: before the first block 1 % is usual; 20 calls of which none, 20 of which all failed. For the greatest difference (0.91 against 0.01, 0.46 for both):
    /// 20 x (ln(0.99/0.54) + ln(0.91/0.46)) = 20 x (0.60614 + 0.68222) = 25.767; the others add little: the mean over six is about e^25.767 / 6 = e^23.975.
    /// </summary>
    [Fact]
    public void At_FirstBlock_IsTheMeanOverTheDifferences()
    {
        var evidence = new FailureEvidence().At(new(0, 20), new(20, 20));

        Assert.Equal(25.767, evidence.Logs[^1], 3);
        Assert.InRange(evidence.Log, 23.975, 24.05);
        Assert.Equal(1, evidence.Difference);
    }

    [Fact]
    public void At_CountsThatGoBack_AreNoCalls()
    {
        var before = new FailureEvidence().At(new(1, 100), new(2, 100));
        var after = before.At(new(0, 50), new(1, 60));
        Assert.Equal(before.Logs, after.Logs);
    }

    /// <summary>Looked at after every block, for as long as 600 blocks, whatever the share of failures and of calls is: no more false alarms than were allowed.</summary>
    [Theory]
    [InlineData(0.001, 95, 5)]
    [InlineData(0.02, 95, 5)]
    [InlineData(0.02, 10, 10)]
    [InlineData(0.3, 19, 1)]
    [InlineData(0.9, 5, 5)]
    public void At_BothFailAlikeAndEveryBlockIsLookedAt_AlarmsNoMoreOftenThanAllowed(double share, int baseline, int canary)
    {
        const double allowed = 0.05;
        const int runs = 1000;
        var random = new Random(17);
        int alarms = 0, naive = 0;
        for (var run = 0; run < runs; run++)
        {
            var evidence = new FailureEvidence();
            FailureCount a = default, b = default;
            bool alarmed = false, naively = false;
            for (var block = 0; block < 600; block++)
            {
                a = new(a.Bad + Failures(random, share, baseline), a.All + baseline);
                b = new(b.Bad + Failures(random, share, canary), b.All + canary);
                evidence = evidence.At(a, b);
                alarmed |= evidence.Log >= -Math.Log(allowed);
                naively |= block > 10 && IsNaivelyWorse(a, b);
            }

            if (alarmed) alarms++;
            if (naively) naive++;
        }

        Assert.True(alarms <= runs * allowed, $"{alarms} false alarms of {runs}");
        // The test that is looked at as often without a correction shows that these runs would tell.
        Assert.True(naive > runs * allowed * 2, $"only {naive} of {runs} naive false alarms");
    }

    /// <summary>A twentieth of the calls, half of which fail: found within 30 calls of the canary, nearly always.</summary>
    [Fact]
    public void At_CanaryFailsHalfOfItsCalls_IsFoundWithinFewCalls()
    {
        var random = new Random(4);
        var needed = new List<long>();
        for (var run = 0; run < 200; run++)
        {
            var evidence = new FailureEvidence();
            FailureCount a = default, b = default;
            while (evidence.Log < Math.Log(1000) && b.All < 1000)
            {
                a = new(a.Bad + Failures(random, 0.001, 95), a.All + 95);
                b = new(b.Bad + Failures(random, 0.5, 5), b.All + 5);
                evidence = evidence.At(a, b);
            }

            needed.Add(b.All);
        }

        Assert.InRange(needed.Order().ElementAt(190), 1, 30);
    }

    /// <summary>Good for 1,200 calls, then broken: what was good before does not hide it for long.</summary>
    [Fact]
    public void At_CanaryBreaksLate_IsStillFound()
    {
        var evidence = new FailureEvidence();
        FailureCount a = default, b = default;
        for (var block = 0; block < 240; block++) evidence = evidence.At(a = new(0, a.All + 95), b = new(0, b.All + 5));
        while (evidence.Log < Math.Log(1000) && b.All < 10_000) evidence = evidence.At(a = new(0, a.All + 95), b = new(b.Bad + 5, b.All + 5));

        Assert.InRange(b.Bad, 1, 25);
    }

    private static bool IsNaivelyWorse(FailureCount a, FailureCount b)
    {
        var both = (double)(a.Bad + b.Bad) / (a.All + b.All);
        var deviation = Math.Sqrt(both * (1 - both) * ((1.0 / a.All) + (1.0 / b.All)));
        return deviation > 0 && (b.Ratio - a.Ratio) / deviation > 1.645;
    }

    private static int Failures(Random random, double share, int calls)
    {
        var bad = 0;
        for (var i = 0; i < calls; i++)
            if (random.NextDouble() < share) bad++;
        return bad;
    }
}
