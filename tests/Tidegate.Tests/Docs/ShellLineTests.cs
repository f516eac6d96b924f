namespace Tidegate.Tests.Docs;

public sealed class ShellLineTests
{
    [Theory]
    [InlineData("tidegate calls --where 'status >= 500' # why", "calls|--where|status >= 500")]
    [InlineData("TIDEGATE_TOKEN=x ./tidegate get -o yaml > before.yaml", "get|-o|yaml")]
    [InlineData("jq . a.json | tidegate apply - ; echo done", "apply|-")]
    [InlineData("tidegate calls sql - < \"a b.sql\" && tidegate", "calls|sql|-")]
    [InlineData("tidegate serve \\\n  --watch", "serve|--watch")]
    [InlineData("tidegate keys create \"the shop\"", "keys|create|the shop")]
    public void OfTidegate_ALine_GivesItsArguments(string line, string expected) =>
        Assert.Equal(expected, string.Join('|', ShellLine.OfTidegate(line).First().Arguments));

    [Fact]
    public void OfTidegate_OtherCommands_AreNotOurs() => Assert.Empty(ShellLine.OfTidegate("# tidegate serve\ncurl http://127.0.0.1:8080/tidegate x\ngit clone tidegate && cd tidegate"));
}
