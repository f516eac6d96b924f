using System.Text.Json;
using Tidegate.Core.Resources.Prompts;
using static Tidegate.Tests.Core.Prompts.Rendering;

namespace Tidegate.Tests.Core.Prompts;

/// <summary>Which values variables take, and what is said of those they do not: all at once.</summary>
public sealed class PromptVariablesTests
{
    private static readonly VariableConfig[] All =
    [
        new() { Name = "text", Pattern = "^[a-z]+$", MaxLength = 3 },
        new() { Name = "number", Type = VariableType.Number, Minimum = 0, Maximum = 1.5m },
        new() { Name = "count", Type = VariableType.Integer, Minimum = 1 },
        new() { Name = "flag", Type = VariableType.Boolean },
        new() { Name = "level", Type = VariableType.Enum, Values = ["low", "high"] },
        new() { Name = "list", Type = VariableType.Array, Items = VariableType.Integer, MaxItems = 2 },
        new() { Name = "words", Type = VariableType.Array, Items = VariableType.Enum, Values = ["a", "b"], Required = false },
        new() { Name = "object", Type = VariableType.Object },
        new() { Name = "optional", Required = false },
        new() { Name = "preset", Default = JsonDocument.Parse("\"d\"").RootElement },
    ];

    private static readonly PromptVersionConfig Version = Rendering.Version(string.Concat(All.Select(v => $"{{{{ {v.Name} }}}}|")), All);

    [Fact]
    public async Task Values_ThatFit_AreTaken() => Assert.Equal(
        "abc|1.5|3|true|low|[1,2]|[\"a\"]|{\"x\":null}||d|",
        await TextAsync(Version, """{"text":"abc","number":1.50,"count":3.0,"flag":true,"level":"low","list":[1,2],"words":["a"],"object":{"x":null},"optional":null,"stream":true}"""));

    [Theory]
    [InlineData("^[a-z]+$", "abc", true)]
    [InlineData("^[a-z]+$", "abc\\n", false)] // $ is the very end, as in JSON Schema, which callers are shown it in
    [InlineData("^(a|b$)", "b\\n", false)]
    [InlineData("^[$a]+$", "a$", true)]
    [InlineData("^[]$]+$", "]$", true)]
    [InlineData("^[^]$]$", "$", false)]
    [InlineData("a\\$", "a$\\n", true)]
    [InlineData("a\\\\$", "a\\\\", true)]
    public async Task Pattern_Dollar_IsTheVeryEnd(string pattern, string json, bool fits)
    {
        var version = Rendering.Version("{{ text }}", new VariableConfig { Name = "text", Pattern = pattern });

        Assert.Equal(fits, (await RenderAsync(version, $$"""{"text":"{{json}}"}""")).Problems.Count == 0);
    }

    [Fact]
    public async Task Values_OfEveryTypeThatDoNotFit_AreAllNamedWithWhatIsLegal()
    {
        var rendering = await RenderAsync(Version, """{"text":"ABC","number":2,"count":1.5,"flag":"yes","level":"mid","list":[1,"2"],"words":["c"],"object":[],"optional":7,"preset":{},"txet":"x"}""");

        Assert.Empty(rendering.Messages);
        Assert.Equal(
            [
                "text wrong_value Expected a text like ^[a-z]+$ of at most 3 characters, found \"ABC\".",
                "number wrong_value Expected a number from 0 to 1.5, found 2.",
                "count wrong_value Expected a whole number of at least 1, found 1.5.",
                "flag wrong_value Expected true or false, found \"yes\".",
                "level wrong_value Expected one of low, high, found \"mid\".",
                "list wrong_value Expected a list of at most 2, each a whole number, found a list with something else in it.",
                "words wrong_value Expected a list of at most 1000, each one of a, b, found a list with something else in it.",
                "object wrong_value Expected an object, found a list.",
                "optional wrong_value Expected a text of at most 100000 characters, found 7.",
                "preset wrong_value Expected a text of at most 100000 characters, found an object.",
                "txet unknown_variable There is no such variable. Did you mean \"text\"? There are text, number, count, flag, level, list, words, object, optional, preset.",
            ],
            rendering.Problems.Select(p => $"{p.Name} {p.Code} {p.Message}"));
    }

    [Fact]
    public async Task Values_ThatAreMissing_AreAllNamed() => Assert.Equal(
        ["text", "number", "count", "flag", "level", "list", "object"],
        (await RenderAsync(Version, """{"text":null}""")).Problems.Where(p => p.Code == "missing").Select(p => p.Name));

    [Theory]
    [InlineData("""{"t":1,"t":2}""", "t wrong_value,t duplicate")]
    [InlineData("""{"t":"\ud800"}""", "t wrong_value")]
    [InlineData("""{"n":1e400}""", "n wrong_value,t missing")]
    [InlineData("""{"n":99999999999999999999999999999999999}""", "n wrong_value,t missing")]
    [InlineData("""{"\ud800":"x","t":"y"}""", "\ufffd unknown_variable")]
    [InlineData("""[]""", " wrong_value")]
    [InlineData("\"t\"", " wrong_value")]
    public async Task Values_ThatAreOdd_AreTold(string values, string expected)
    {
        var version = Rendering.Version("{{ t }}{{ n }}", Of("t"), new VariableConfig { Name = "n", Type = VariableType.Number, Required = false });

        Assert.Equal(expected, string.Join(',', (await RenderAsync(version, values)).Problems.Select(p => $"{p.Name} {p.Code}")));
    }

    [Fact]
    public async Task Length_CountsCharactersAndNotHalves()
    {
        var version = Rendering.Version("{{ t }}", new VariableConfig { Name = "t", MaxLength = 2 });

        Assert.Equal("\U0001F600\U0001F600", await TextAsync(version, "{\"t\":\"\U0001F600\U0001F600\"}"));
        Assert.Single((await RenderAsync(version, "{\"t\":\"\U0001F600\U0001F600x\"}")).Problems);
    }
}
