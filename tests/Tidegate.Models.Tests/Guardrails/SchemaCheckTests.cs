using System.Text;
using System.Text.Json;
using Tidegate.Models.Guardrails.Json;

namespace Tidegate.Models.Tests.Guardrails;

/// <summary>What follows a schema, what does not, and the words for it.</summary>
public sealed class SchemaCheckTests
{
    private const string Person = """
        {"type":"object","required":["name"],"additionalProperties":false,"properties":{"name":{"type":"string","minLength":2},"age":{"type":["integer","null"],"minimum":0,"exclusiveMaximum":150},
         "kind":{"enum":["a",1,null]},"tags":{"type":"array","maxItems":2,"items":{"type":"string","pattern":"^[a-z]+$"}},"boss":{"$ref":"#"},"home":{"$ref":"#/$defs/place"},"id":{"anyOf":[{"type":"integer"},{"const":"none"}]}},
         "$defs":{"place":{"allOf":[{"required":["city"]}],"not":{"required":["planet"]}}}}
        """;

    [Theory]
    [InlineData("""{"name":"bob","age":7,"kind":1,"tags":["x"],"boss":{"name":"amy"},"home":{"city":"x"},"id":3}""", null)]
    [InlineData("""{"name":"bob","age":null,"kind":null,"id":"none"}""", null)]
    [InlineData("""[]""", "$ must be object")]
    [InlineData("""{}""", "$.name is missing")]
    [InlineData("""{"name":"b"}""", "$.name is too short")]
    [InlineData("""{"name":"bob","age":1.5}""", "$.age must be integer or null")]
    [InlineData("""{"name":"bob","age":1.0}""", null)]
    [InlineData("""{"name":"bob","age":-1}""", "$.age is too small")]
    [InlineData("""{"name":"bob","age":150}""", "$.age is too large")]
    [InlineData("""{"name":"bob","kind":"b"}""", "$.kind must be one of [\"a\",1,null]")]
    [InlineData("""{"name":"bob","tags":["x","y","z"]}""", "$.tags must have fewer items")]
    [InlineData("""{"name":"bob","tags":["x","Y"]}""", "$.tags[1] must match ^[a-z]+$")]
    [InlineData("""{"name":"bob","boss":{"name":7}}""", "$.boss.name must be string")]
    [InlineData("""{"name":"bob","home":{}}""", "$.home.city is missing")]
    [InlineData("""{"name":"bob","home":{"city":"x","planet":"y"}}""", "$.home has a shape that is not allowed")]
    [InlineData("""{"name":"bob","id":"some"}""", "$.id has none of the shapes allowed there")]
    [InlineData("""{"name":"bob","more":1}""", "$.more must not be there")]
    public void Problem_IsToldWithItsPlace(string value, string? expected) => Assert.Equal(expected, Check(Person, value));

    [Theory]
    [InlineData("""{"$ref":"#"}""", "1")] // leads to itself
    [InlineData("""{"type":"STRING","nullable":true}""", "null")]
    [InlineData("""{"type":"string","pattern":"(?=x)y"}""", "\"a\"")] // needs backtracking
    [InlineData("""{"newKeyword":{"x":1},"type":7}""", "\"a\"")]
    public void Problem_WhatIsNotKnown_IsLetPass(string schema, string value) => Assert.Null(Check(schema, value));

    [Theory]
    [InlineData("""{ "messages" : [{"role":"user","content":"hi"}] ,"x":1.50}""", """{ "messages" : [{"role":"user","content":"hi"},{"role":"assistant","content":"a\"b"},{"role":"user","content":"no"}] ,"x":1.50}""")]
    [InlineData("""{"input":"h\u00fc"}""", """{"input":[{"role":"user","content":"h\u00fc"},{"role":"assistant","content":"a\"b"},{"role":"user","content":"no"}]}""")]
    [InlineData("""{"contents":[{"parts":[{"text":"hi"}]}]}""", """{"contents":[{"parts":[{"text":"hi"}]},{"role":"model","parts":[{"text":"a\"b"}]},{"role":"user","parts":[{"text":"no"}]}]}""")]
    [InlineData("""{"prompt":"hi"}""", null)]
    public void Append_GoesOnWithTheConversation(string body, string? expected)
    {
        var longer = ConversationTail.Append(Encoding.UTF8.GetBytes(body), "a\"b", "no");

        Assert.Equal(expected, longer is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : null);
    }

    private static string? Check(string schema, string value)
    {
        using var rules = JsonDocument.Parse(schema);
        using var document = JsonDocument.Parse(value);
        return new SchemaCheck(rules.RootElement).Problem(document.RootElement);
    }
}
