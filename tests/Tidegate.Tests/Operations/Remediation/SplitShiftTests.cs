using FsCheck.Xunit;
using Tidegate.Core.Resources.Routes;
using Tidegate.Operations.Remediation.Traffic;

namespace Tidegate.Tests.Operations.Remediation;

public sealed class SplitShiftTests
{
    [Property(MaxTest = 500)]
    public bool Of_AnySplits_KeepsItsBounds(byte[] before, byte[] wanted, byte maxShift, byte minShare)
    {
        var (from, to) = (Split(before), Split(wanted));
        var (most, least) = (1 + (maxShift % 100), minShare % 51);

        var shares = SplitShift.Of(from, to, most, least);

        if (Math.Abs(shares.Sum(s => s.After) - 100) > 1e-6) return false;
        foreach (var (_, now, then) in shares)
        {
            if (Math.Abs(then - now) > most + 1e-6 || then < -1e-6) return false;
            if (now >= least && then < least - 1e-6) return false;
            if (now < least && then < now - 1e-6) return false;
        }

        var weights = SplitShift.Weights(shares);
        return weights.All(w => w.Weight is >= 0 and <= 65535) && weights.Any(w => w.Weight > 0);
    }

    [Fact]
    public void Of_WithoutBounds_IsWhatIsWanted()
    {
        var shares = SplitShift.Of([Branch("a", 80), Branch("b", 20)], [Branch("a", 100)], 100, 0);

        Assert.Equal([("a", 80, 100), ("b", 20, 0)], shares.Select(s => (s.Branch.Service, s.Before, s.After)));
        Assert.Equal([("a", 10_000), ("b", 0)], SplitShift.Weights(shares).Select(w => (w.Service, w.Weight)));
    }

    [Fact]
    public void Of_BoundOfOneBranch_SlowsAllInProportion()
    {
        // b would lose 60 and may lose 30: everything goes half of the way.
        var shares = SplitShift.Of([Branch("a", 20), Branch("b", 60), Branch("c", 20)], [Branch("a", 70), Branch("c", 30)], 30, 0);

        Assert.Equal([("a", 45), ("b", 30), ("c", 25)], shares.Select(s => (s.Branch.Service, s.After)));
    }

    [Fact]
    public void Of_LeastShare_IsKept() =>
        Assert.Equal([("a", 95), ("b", 5)], SplitShift.Of([Branch("a", 80), Branch("b", 20)], [Branch("a", 100)], 100, 5).Select(s => (s.Branch.Service, s.After)));

    // At least one branch with a weight: documents have no other splits.
    private static SplitConfig[] Split(byte[]? weights) => weights is { Length: > 0 } && weights.Any(w => w > 0) ? [.. weights.Select((w, i) => Branch($"s{i}", w))] : [Branch("s0", 1)];

    private static SplitConfig Branch(string service, int weight) => new() { Service = service, Weight = weight };
}
