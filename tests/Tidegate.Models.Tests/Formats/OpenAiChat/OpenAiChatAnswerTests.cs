using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAiChat;
using Tidegate.Models.Tests.Support;

namespace Tidegate.Models.Tests.Formats.OpenAiChat;

public sealed class OpenAiChatAnswerTests
{
    private readonly OpenAiChatFormat _format = new();

    public static TheoryData<string> Fixtures => Fixture.Names("OpenAiChat/answers", ".json");

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Read_Fixture_GivesTheNeutralWords(string name)
    {
        Fixture.Same($"OpenAiChat/answers/{name}.neutral.txt", Dump.Of(_format.ReadAnswer(Fixture.Json($"OpenAiChat/answers/{name}.json"))) + "\n");
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Write_WhatWasRead_SaysTheSameAgain(string name)
    {
        var answer = _format.ReadAnswer(Fixture.Json($"OpenAiChat/answers/{name}.json"));

        var written = Streams.Json(json => _format.WriteAnswer(answer, Streams.Context, json));

        Assert.Equal("my-model", written.GetProperty("model").GetString());
        Assert.Equal(Dump.Of(answer with { Model = "my-model" }), Dump.Of(_format.ReadAnswer(written)));
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Stream_OfAWholeAnswer_TellsTheSameAnswer(string name)
    {
        var answer = _format.ReadAnswer(Fixture.Json($"OpenAiChat/answers/{name}.json")) with { Model = "my-model" };

        var written = Streams.Write(_format, AnswerEvents.Of(answer));
        var (events, skipped) = Streams.Read(_format, System.Text.Encoding.UTF8.GetBytes(written));

        Assert.Equal(0, skipped);
        Assert.EndsWith("data: [DONE]\n\n", written, StringComparison.Ordinal);
        Assert.Equal(Dump.Of(answer), Dump.Of(Streams.Answer(events)));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"choices":[]}""")]
    [InlineData("""{"choices":[{"index":0}]}""")]
    [InlineData("""{"choices":"x"}""")]
    [InlineData("""{"error":{"message":"no"}}""")]
    public void Read_JsonThatIsNoAnswer_IsAFormatException(string json)
    {
        Assert.ThrowsAny<FormatException>(() => _format.ReadAnswer(JsonDocument.Parse(json).RootElement));
    }

    [Fact]
    public void Read_OddTypesInside_AreAsGoodAsNone()
    {
        var answer = _format.ReadAnswer(JsonDocument.Parse("""
            {"id":7,"created":"now","choices":[{"index":"x","message":{"content":{},"tool_calls":[{"function":7},{"id":"","function":{"name":"f","arguments":{"a":1}}}],"\ud800":1},"finish_reason":"odd"}],"usage":[]}
            """).RootElement);

        Assert.Null(answer.Usage);
        Assert.Equal(["", "f"], answer.Choices[0].Parts.OfType<ToolCallPart>().Select(c => c.Name));
        Assert.Equal("""{"a":1}""", answer.Choices[0].Parts.OfType<ToolCallPart>().Last().Arguments);
        Assert.Equal(FinishReason.Other, answer.Choices[0].Finish.Reason);
    }

    [Theory]
    [InlineData(FinishReason.Stop, "stop")]
    [InlineData(FinishReason.Length, "length")]
    [InlineData(FinishReason.ToolCalls, "tool_calls")]
    [InlineData(FinishReason.ContentFilter, "content_filter")]
    [InlineData(FinishReason.Refusal, "content_filter")]
    [InlineData(FinishReason.Pause, "length")]
    [InlineData(FinishReason.Other, "length")]
    public void Write_EveryFinishReason_IsAWordTheSdksKnow(FinishReason reason, string word)
    {
        var answer = new ChatAnswer { Choices = [new AnswerChoice([new TextPart("x")], new Finish(reason))] };

        var json = Streams.Json(j => _format.WriteAnswer(answer, Streams.Context, j));

        Assert.Equal(word, json.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.Equal("chatcmpl-call1", json.GetProperty("id").GetString());
    }
}
