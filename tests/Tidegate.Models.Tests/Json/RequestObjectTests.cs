using System.Text.Json;
using Tidegate.Models.Formats;
using Tidegate.Models.Json;

namespace Tidegate.Models.Tests.Json;

public sealed class RequestObjectTests
{
    [Fact]
    public void Read_WrongTypes_TellsAllOfThemWithTheirPaths()
    {
        var issues = new FormatIssues();
        var body = Parse("""{"model":7,"n":"x","f":1.5,"b":"no","l":{},"o":[],"w":"red","big":5,"items":[1,{}]}""", issues);

        Assert.Null(body.Text("model"));
        Assert.Null(body.Count("n"));
        Assert.Null(body.Count("f"));
        Assert.Null(body.Flag("b"));
        Assert.Empty(body.Items("l"));
        Assert.Null(body.Child("o"));
        Assert.Null(body.Count("big", most: 4));
        Assert.Null(body.Word("w", "green", "blue"));
        Assert.Single(body.Objects("items"));
        Assert.Null(body.Text("missing", required: true));

        Assert.Equal(["model", "n", "f", "b", "l", "o", "big", "w", "items[0]", "missing"], issues.All.Select(i => i.Field));
        Assert.All(issues.All, i => Assert.True(i.IsError));
    }

    [Fact]
    public void Number_TooLarge_IsNotCalledNoNumber()
    {
        var issues = new FormatIssues();

        Assert.Null(Parse("""{"n":1e999}""", issues).Number("n"));

        Assert.Equal("is a number that is too large.", Assert.Single(issues.All).Message);
    }

    [Fact]
    public void TellRest_FieldsNobodyAskedFor_AreInexpressible()
    {
        var issues = new FormatIssues();
        var body = Parse("""{"a":1,"b":null,"c":2,"d":3}""", issues);
        body.Count("a");
        body.Ignore("c");

        body.TellRest();

        Assert.Equal(["d"], issues.All.Select(i => i.Field));
        Assert.False(issues.HasErrors);
    }

    [Fact]
    public void Read_NamesAndTextsWithLoneSurrogates_DoNotThrow()
    {
        var issues = new FormatIssues();
        var body = Parse("{\"\\ud800\":1,\"t\\u0065xt\":\"a\\udc00\\ud83d\\ude00\\n\"}", issues);

        Assert.Equal("a\ufffd\U0001F600\n", body.Text("text"));
        body.TellRest();
        Assert.Equal("\ufffd", Assert.Single(issues.All).Field);
    }

    [Fact]
    public void Read_SnakeSpelling_IsTakenWhereAllowed()
    {
        var issues = new FormatIssues();
        using var document = JsonDocument.Parse("""{"top_k":3}""");

        Assert.Equal(3, new RequestObject(document.RootElement, "", issues, snakeToo: true).Count("topK"));
        Assert.Null(new RequestObject(document.RootElement, "", issues).Count("topK"));
    }

    [Theory]
    [InlineData("""{"a": 1}""", """{"a": 1}""")]
    [InlineData("", "{}")]
    [InlineData("""{"a": """, """{"arguments":"{\u0022a\u0022: "}""")]
    [InlineData("[1]", """{"arguments":"[1]"}""")]
    public void ToolArguments_OfAnyText_AreAnObject(string text, string expected)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream)) ToolArguments.Write(json, text);

        Assert.Equal(expected, System.Text.Encoding.UTF8.GetString(stream.ToArray()));
    }

    private static RequestObject Parse(string json, FormatIssues issues) => new(JsonDocument.Parse(json).RootElement, "", issues);
}
