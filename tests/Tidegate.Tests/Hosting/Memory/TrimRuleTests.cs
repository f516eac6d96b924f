using Tidegate.Hosting.Memory;

namespace Tidegate.Tests.Hosting.Memory;

public sealed class TrimRuleTests
{
    private const long Start = 190 << 20;
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 3, 0, 0, TimeSpan.Zero);

    private readonly TrimRule _rule = new();
    private long _allocated = 40 << 20;

    [Fact]
    public void IsDue_AtTheFirstQuietLook()
    {
        Assert.False(Look(0, allocates: 0, Start)); // nothing to compare with yet
        Assert.False(Look(1, allocates: TrimRule.QuietBytes + 1, Start));
        Assert.True(Look(2, allocates: TrimRule.QuietBytes, Start));
    }

    [Fact]
    public void IsDue_NothingGrown_IsNotDoneAgain()
    {
        Trimmed(120 << 20);

        Assert.False(Look(600, allocates: 0, (120 << 20) + TrimRule.WorthBytes - 1));
        Assert.True(Look(601, allocates: 0, (120 << 20) + TrimRule.WorthBytes));
    }

    [Fact]
    public void IsDue_GrownFastInQuiet_WaitsTwentySecondsAfterTheStart_ThenAMinute()
    {
        Trimmed(120 << 20);

        Assert.False(Look(20, allocates: 0, Start));
        Assert.True(Look(21, allocates: 0, Start));
        _rule.Trimmed(Now.AddSeconds(21), 120 << 20);
        Assert.False(Look(80, allocates: 0, Start));
        Assert.True(Look(81, allocates: 0, Start));
    }

    [Fact]
    public void IsDue_AfterABusyHour_OnlyWhenItIsQuiet()
    {
        Trimmed(120 << 20);

        for (var second = 2; second < 3600; second++) Assert.False(Look(second, allocates: 10 << 20, 380 << 20));
        Assert.True(Look(3600, allocates: 1000, 380 << 20));
    }

    private void Trimmed(long resident)
    {
        Look(0, 0, Start);
        Assert.True(Look(1, 0, Start));
        _rule.Trimmed(Now.AddSeconds(1), resident);
    }

    private bool Look(int second, long allocates, long resident) => _rule.IsQuiet(Now.AddSeconds(second), _allocated += allocates) && _rule.IsWorthIt(resident);
}
