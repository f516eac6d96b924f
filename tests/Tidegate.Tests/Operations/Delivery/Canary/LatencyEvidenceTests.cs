using Tidegate.Operations.Delivery.Canary;

namespace Tidegate.Tests.Operations.Delivery.Canary;

public sealed class LatencyEvidenceTests
{
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1.96, 0.0249979)]
    [InlineData(-1.96, 0.9750021)]
    [InlineData(3, 0.0013499)]
    [InlineData(2.5, 0.0062097)]
    public void Above_KnownValues_AreMet(double z, double expected) => Assert.Equal(expected, NormalTail.Above(z), 7);

    [Fact]
    public void Above_FarOut_KeepsItsDigits() => Assert.Equal(2.8665157e-7, NormalTail.Above(5), 1e-13);

    /// <summary>By hand: all 16 pairs are the canary's; mean 8, variance 4 x 4 / 12 x 9 = 12; z = 7.5 / 3.4641 = 2.1651, p = 0.01519.</summary>
    [Fact]
    public void RankTest_NoTies_IsAsByHand()
    {
        var test = RankTest.Of([1, 2, 3, 4], [5, 6, 7, 8]);
        Assert.Equal((16.0, 1.0), (test.U, test.Superiority));
        Assert.Equal(0.01519, test.Probability, 5);
    }

    /// <summary>By hand: pairs 2 + 3.5 + 3.5 + 4 = 13; two groups of three ties take 48 / 56 off 9: variance 16 / 12 x 8.142857 = 10.857; z = 4.5 / 3.29502 = 1.3657, p = 0.0860.</summary>
    [Fact]
    public void RankTest_Ties_AreCorrectedFor()
    {
        var test = RankTest.Of([1, 2, 2, 3], [2, 3, 3, 4]);
        Assert.Equal((13.0, 13.0 / 16), (test.U, test.Superiority));
        Assert.Equal(0.0860, test.Probability, 4);
    }

    [Fact]
    public void RankTest_EverythingIsTheSame_ProvesNothing() => Assert.Equal(1, RankTest.Of([5, 5, 5], [5, 5]).Probability);

    [Fact]
    public void Look_Spends_NoMoreThanAllTogether()
    {
        var evidence = new LatencyEvidence();
        double spent = 0;
        for (var look = 0; look < 1000; look++)
        {
            evidence = evidence.Look([1, 2], [1, 2], 50, 0.05);
            spent += evidence.Spent;
        }

        Assert.InRange(spent, 0.0499, 0.05);
    }

    /// <summary>Durations alike, looked at whenever half as many are there again, up to 4,000 of the canary: no more false alarms than were allowed.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    public void Look_BothAreAlike_AlarmsNoMoreOftenThanAllowed(int baselinePerCanary)
    {
        const double allowed = 0.05;
        const int runs = 400;
        var random = new Random(23);
        int alarms = 0, naive = 0;
        for (var run = 0; run < runs; run++)
        {
            var (evidence, naively) = (new LatencyEvidence(), false);
            List<long> a = [], b = [];
            while (b.Count < 4000)
            {
                for (var i = 0; i < 10; i++) b.Add(Duration(random, 1));
                if (a.Count < 5000) for (var i = 0; i < 10 * baselinePerCanary; i++) a.Add(Duration(random, 1));
                if (!evidence.IsDue(b.Count)) continue;
                evidence = evidence.Look(a, b, b.Count, allowed);
                naively |= evidence.Probability <= allowed;
            }

            if (evidence.IsSlower) alarms++;
            if (naively) naive++;
        }

        Assert.True(alarms <= runs * allowed, $"{alarms} false alarms of {runs}");
        Assert.True(naive > runs * allowed * 2, $"only {naive} of {runs} naive false alarms");
    }

    [Fact]
    public void Look_CanaryTakesAHalfLonger_IsFoundAndSaidInFigures()
    {
        var random = new Random(5);
        var evidence = new LatencyEvidence();
        List<long> a = [], b = [];
        while (!evidence.IsSlower && b.Count < 5000)
        {
            for (var i = 0; i < 19; i++) a.Add(Duration(random, 1));
            b.Add(Duration(random, 1.5));
            if (evidence.IsDue(b.Count)) evidence = evidence.Look(a, b, b.Count, 0.001);
        }

        Assert.InRange(b.Count, 50, 300);
        Assert.InRange(evidence.Slowdown, 0.3, 0.8);
        Assert.InRange(evidence.Superiority, 0.6, 0.9);
    }

    // Lognormal, 20 ms in the middle.
    private static long Duration(Random random, double slower) =>
        (long)(20_000 * slower * Math.Exp(0.5 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())));
}
