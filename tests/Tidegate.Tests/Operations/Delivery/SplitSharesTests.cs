using Tidegate.Core.Resources.Routes;
using Tidegate.Operations.Delivery.Rollouts;

namespace Tidegate.Tests.Operations.Delivery;

public sealed class SplitSharesTests
{
    [Theory]
    [InlineData(5, 500, 7125, 2375)]
    [InlineData(100, 10000, 0, 0)]
    [InlineData(0, 0, 7500, 2500)]
    public void With_Share_LeavesTheOthersTheirProportions(int share, int canary, int first, int second) =>
        Assert.Equal([first, canary, second], SplitShares.With(Plan(30, 10), share).Select(b => b.Weight));

    [Fact]
    public void With_OthersHaveNoWeight_DivideTheRestEqually() => Assert.Equal([4750, 500, 4750], SplitShares.With(Plan(0, 0), 5).Select(b => b.Weight));

    [Fact]
    public void Patch_KeepsServicesAndLabels() => Assert.Equal(
        """{"spec":{"split":[{"service":"a","weight":7125,"version":"v1"},{"service":"b","weight":500,"version":"v2"},{"service":"c","weight":2375}]}}""", SplitShares.Patch(Plan(30, 10), 5).ToJsonString());

    private static RolloutPlan Plan(int first, int second) => new()
    {
        Config = new RolloutConfig { Canary = "v2" }, Since = default,
        Split = [new() { Service = "a", Version = "v1", Weight = first }, new() { Service = "b", Version = "v2", Weight = 77 }, new() { Service = "c", Weight = second }],
    };
}
