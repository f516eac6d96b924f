using FsCheck.Xunit;
using Tidegate.Core.Resources.Services;
using Tidegate.Gateway.Request.Guard;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Guard;

public sealed class BackoffTests
{
    private static readonly RetryConfig Config = new() { BackoffBase = TimeSpan.FromMilliseconds(20), BackoffMax = TimeSpan.FromMilliseconds(100) };

    [Theory]
    [InlineData(1, 20)]
    [InlineData(2, 40)]
    [InlineData(3, 80)]
    [InlineData(4, 100)]
    [InlineData(1000, 100)]
    public void Semantics1_2_BackoffDoublesUpToItsMaximum(int retry, double milliseconds)
    {
        var wait = Backoff.Before(retry, Config, new TestRandom().Then(0.999999));
        Assert.InRange(wait.TotalMilliseconds, milliseconds * 0.999, milliseconds);
    }

    [Property]
    public void Semantics1_2_BackoffHasFullJitter(int seed, byte retry)
    {
        var random = new TestRandom(seed);
        var waits = Enumerable.Range(0, 200).Select(_ => Backoff.Before((retry % 8) + 1, Config, random).TotalMilliseconds).ToList();
        var longest = Math.Min(100, 20 * Math.Pow(2, retry % 8));
        Assert.All(waits, w => Assert.InRange(w, 0, longest));
        Assert.True(waits.Min() < longest * 0.1 && waits.Max() > longest * 0.9);
    }
}
