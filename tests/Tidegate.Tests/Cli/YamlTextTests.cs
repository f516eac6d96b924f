using System.Text.Json.Nodes;
using Tidegate.Cli;
using YamlDotNet.RepresentationModel;

namespace Tidegate.Tests.Cli;

public sealed class YamlTextTests
{
    [Fact]
    public void Of_KeepsKeysAndOrder()
    {
        var text = YamlText.Of(JsonNode.Parse("""{"b":[1,{"c":null}],"a":true,"empty":[],"none":{}}"""));

        Assert.Equal("b:\n  - 1\n  - c: null\na: true\nempty: []\nnone: {}\n", text);
    }

    [Theory]
    [InlineData("no")]
    [InlineData("1e3")]
    [InlineData("12:30")]
    [InlineData("~")]
    [InlineData("")]
    [InlineData("- a")]
    [InlineData("a: b")]
    [InlineData("two\nlines")]
    [InlineData(" led\ttab\u0001")]
    [InlineData("héé 中 🚀")]
    [InlineData("trailing\n\n")]
    public void Of_Text_ReadsBackAsTheSameText(string value)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(YamlText.Of(new JsonObject { ["k"] = value })));

        var scalar = Assert.IsType<YamlScalarNode>(((YamlMappingNode)yaml.Documents[0].RootNode).Children[new YamlScalarNode("k")]);
        Assert.Equal(value, scalar.Value);
        if (value is "no" or "1e3" or "12:30" or "~" or "") Assert.NotEqual(YamlDotNet.Core.ScalarStyle.Plain, scalar.Style);
    }
}
