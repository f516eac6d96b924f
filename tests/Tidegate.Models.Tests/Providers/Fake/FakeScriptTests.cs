using Tidegate.Models.Providers.Fake;

namespace Tidegate.Models.Tests.Providers.Fake;

public sealed class FakeScriptTests
{
    [Fact]
    public void Parse_Options_AreRead()
    {
        var script = FakeScript.Parse("lorem?tokens=200&rate=50.5&first=300ms&cut=12&dialect=anthropic_messages", out var problem);
        Assert.Null(problem);
        Assert.Equal(new FakeScript { Says = "lorem", Tokens = 200, Rate = 50.5, First = TimeSpan.FromMilliseconds(300), Fault = FakeFault.Cut, After = 12, Dialect = "anthropic_messages" }, script);
    }

    [Theory]
    [InlineData("slow", 5, 0, 0)]
    [InlineData("down", 0, 503, 0)]
    [InlineData("flaky-20", 0, 0, 20)]
    public void Parse_ShortWords(string name, double rate, int status, double flaky)
    {
        var script = FakeScript.Parse(name, out _)!;
        Assert.Equal((rate, status, flaky), (script.Rate, script.Status, script.Flaky));
    }

    [Theory]
    [InlineData("gpt")]
    [InlineData("flaky-200")]
    [InlineData("flaky-")]
    [InlineData("gpt?tokens=1")]
    [InlineData("echo?colour=red")]
    [InlineData("echo?cut=-1")]
    [InlineData("echo?status=200")]
    [InlineData("echo?first=5")]
    public void Parse_Unknown_SaysWhatIsKnown(string name)
    {
        Assert.Null(FakeScript.Parse(name, out var problem));
        Assert.Contains("Known: echo, lorem", problem, StringComparison.Ordinal);
    }
}
