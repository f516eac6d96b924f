using System.Text.Json;
using Tidegate.Core.Resources.Prompts;
using Tidegate.Core.Resources.Reading;

namespace Tidegate.Tests.Core.Resources.Shapes;

/// <summary>Values whose shape the author chooses.</summary>
public sealed class JsonShapeTests
{
    [Theory]
    [InlineData("7", "7")]
    [InlineData("1.50", "1.50")]
    [InlineData("-0.5e3", "-0.5e3")]
    [InlineData("true", "true")]
    [InlineData("'7'", "\"7\"")]
    [InlineData("no", "\"no\"")]
    [InlineData("0x1F", "\"0x1F\"")]
    [InlineData("01", "\"01\"")]
    [InlineData("1.", "\"1.\"")]
    [InlineData("2026-01-01", "\"2026-01-01\"")]
    [InlineData("{ z: 1, a: [ x, 2, null, ~ ] }", """{"z":1,"a":["x",2,null,null]}""")]
    [InlineData("\"\\u00e9<\"", "\"\u00e9<\"")]
    public void Yaml_IsThisJson(string yaml, string json) => Assert.Equal(json, Default(yaml)!.Value.GetRawText());

    [Fact]
    public void Yaml_NullIsNone() => Assert.Null(Default("null"));

    [Fact]
    public void Yaml_KeyTwice_IsFound()
    {
        var result = Read("{ a: 1, a: 2 }");

        Assert.Contains(result.Findings, f => f is { Code: "duplicate_key", Path: "spec.versions[0].variables[0].default.a" });
    }

    private static JsonElement? Default(string yaml)
    {
        var text = $"apiVersion: tidegate/v1\nkind: Prompt\nmetadata: {{ name: p }}\nspec:\n  release: 1\n  versions:\n  - version: 1\n    model: m\n    messages: [ {{ template: x }} ]\n    variables:\n    - name: v\n      default: {yaml}\n";
        var document = DocumentReader.ReadAccepted(new SourceText("a.yaml", text)).Document!;
        return ((PromptConfig)document.Resources[0].UntypedSpec).Versions[0].Variables[0].Default;
    }

    private static ReadResult Read(string yaml) => DocumentReader.Read(
        "a.yaml", $"apiVersion: tidegate/v1\nkind: Prompt\nmetadata: {{ name: p }}\nspec:\n  release: 1\n  versions:\n  - version: 1\n    model: m\n    messages: [ {{ template: x }} ]\n    variables:\n    - name: v\n      default: {yaml}\n");
}
