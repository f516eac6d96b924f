using Tidegate.Models.Formats;

namespace Tidegate.Models.Tests.Formats;

public sealed class ChoiceProgressTests
{
    [Fact]
    public void IsWhole_OnceAllThatBeganHaveEnded()
    {
        var choices = default(ChoiceProgress);
        Assert.False(choices.IsWhole);
        choices.Begin(0);
        choices.Begin(127);
        choices.End(0);
        Assert.False(choices.IsWhole);
        choices.End(127);
        Assert.True(choices.IsWhole);
        choices.Begin(3);
        Assert.False(choices.IsWhole);
        choices.End(3);
        choices.Begin(-7);
        choices.Begin(long.MaxValue);
        Assert.True(choices.IsWhole);
    }
}
