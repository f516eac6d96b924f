using Tidegate.Verbs.Calls;

namespace Tidegate.Tests.Verbs.Calls;

public sealed class SparklineTests
{
    [Fact]
    public void Of_Values_AreBarsFromZeroToTheLargest() => Assert.Equal("▁▃▆█", Sparkline.Of([0, 2, 5, 8]));

    [Fact]
    public void Of_MissingValue_IsABlank() => Assert.Equal("█ █", Sparkline.Of([3, null, 3]));

    [Fact]
    public void Of_OnlyZeros_IsALowLine() => Assert.Equal("▁▁", Sparkline.Of([0, 0]));

    [Fact]
    public void Of_Nothing_IsNothing() => Assert.Equal("", Sparkline.Of([]));
}
