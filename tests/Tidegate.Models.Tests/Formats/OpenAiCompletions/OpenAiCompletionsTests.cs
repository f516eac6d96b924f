using System.Text;
using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats;
using Tidegate.Models.Formats.OpenAiCompletions;
using Tidegate.Models.Tests.Support;

namespace Tidegate.Models.Tests.Formats.OpenAiCompletions;

public sealed class OpenAiCompletionsTests
{
    private const string Stream = """
        data: {"id":"cmpl-1","object":"text_completion","created":1760000001,"model":"davinci-002","choices":[{"text":"Once","index":0,"logprobs":{"tokens":["Once"],"token_logprobs":[-0.5],"top_logprobs":[{"Once":-0.5,"At":-1.5}],"text_offset":[0]},"finish_reason":null}]}

        data: {"id":"cmpl-1","object":"text_completion","created":1760000001,"model":"davinci-002","choices":[{"text":" upon","index":0,"logprobs":null,"finish_reason":null}]}

        data: {"id":"cmpl-1","object":"text_completion","created":1760000001,"model":"davinci-002","choices":[{"text":"At","index":1,"logprobs":null,"finish_reason":"stop"}]}

        data: {"id":"cmpl-1","object":"text_completion","created":1760000001,"model":"davinci-002","choices":[{"text":"","index":0,"logprobs":null,"finish_reason":"length"}]}

        data: {"id":"cmpl-1","object":"text_completion","created":1760000001,"model":"davinci-002","choices":[],"usage":{"prompt_tokens":2,"completion_tokens":3,"total_tokens":5}}

        data: [DONE]


        """;

    private readonly OpenAiCompletionsFormat _format = new();
    private readonly FormatIssues _issues = new();

    [Fact]
    public void Request_WrittenAndRead_IsTheSame()
    {
        var json = Parse("""
            {"model":"m","prompt":"Once","temperature":0.5,"top_p":0.9,"presence_penalty":1,"frequency_penalty":-1,"seed":7,"stop":["END"],"max_tokens":16,"n":2,"logprobs":3,"user":"u","stream":true,
            "stream_options":{"include_usage":true}}
            """);

        var request = _format.ReadRequest(json, _issues);
        var written = Streams.Json(j => _format.WriteRequest(request!, j, _issues));

        Assert.Empty(_issues.All);
        Assert.True(JsonElement.DeepEquals(json, written), written.GetRawText());
        Assert.Equal("Once", Assert.IsType<TextPart>(request!.Messages.Single().Parts.Single()).Text);
    }

    [Theory]
    [InlineData("""{"model":"m","prompt":["a"],"echo":false,"best_of":1,"suffix":""}""", "")]
    [InlineData("""{"model":"m","prompt":["a","b"]}""", "prompt[1]")]
    [InlineData("""{"model":"m","prompt":[1,2]}""", "prompt")]
    [InlineData("""{"model":"m","prompt":[[1,2]]}""", "prompt")]
    [InlineData("""{"model":"m","prompt":"x","echo":true,"best_of":2,"suffix":"y"}""", "echo,best_of,suffix")]
    public void Read_WhatOtherFormatsCannotSay_IsInexpressible(string json, string fields)
    {
        Assert.NotNull(_format.ReadRequest(Parse(json), _issues));
        Assert.Equal(fields, string.Join(',', _issues.All.Select(i => i.Field)));
        Assert.False(_issues.HasErrors);
    }

    [Theory]
    [InlineData("[]", "")]
    [InlineData("""{"model":"m"}""", "prompt")]
    [InlineData("""{"model":"m","prompt":[{}]}""", "prompt[0]")]
    [InlineData("""{"prompt":"x","n":0}""", "model,n")]
    public void Read_WrongRequests_TellsEveryField(string json, string fields)
    {
        Assert.Null(_format.ReadRequest(Parse(json), _issues));
        Assert.Equal(fields, string.Join(',', _issues.All.Select(i => i.Field).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Write_ConversationOfSeveralMessages_IsInexpressible()
    {
        Streams.Json(json => _format.WriteRequest(new ChatRequest
        {
            Model = "m",
            Messages = [new Message(MessageRole.System, [new TextPart("s")]), new Message(MessageRole.User, [new TextPart("u")])],
            Tools = [new ToolDefinition("f", null, default)],
        }, json, _issues));

        Assert.Equal(["messages", "tools"], _issues.All.Select(i => i.Field));
    }

    [Fact]
    public void Stream_CutAtEveryByte_GivesItsEvents()
    {
        var bytes = Encoding.UTF8.GetBytes(Stream);
        var expected = Dump.Lines(Streams.Read(_format, bytes).Events);

        Assert.Equal("""
            Started(Id: "cmpl-1", Model: "davinci-002", Created: 1760000001)
            TextDelta(Text: "Once", Logprobs: [TokenLogprob(Token: "Once", Logprob: -0.5, Top: [TokenLogprob(Token: "Once", Logprob: -0.5), TokenLogprob(Token: "At", Logprob: -1.5)])])
            TextDelta(Text: " upon")
            TextDelta(Text: "At", Choice: 1)
            Finished(Finish: Finish(Reason: Stop), Choice: 1)
            Finished(Finish: Finish(Reason: Length))
            Used(Usage: Usage(Input: 2, Output: 3))

            """, expected);
        for (var at = 0; at < bytes.Length; at++) Assert.Equal(expected, Dump.Lines(Streams.Read(_format, bytes[..at], bytes[at..]).Events));
    }

    [Fact]
    public void Stream_WrittenAgain_SaysTheSame()
    {
        var (events, _) = Streams.Read(_format, Encoding.UTF8.GetBytes(Stream));

        var again = Streams.Write(_format, events);

        Assert.Equal(Dump.Of(Streams.Answer(events) with { Model = "my-model" }), Dump.Of(Streams.Answer(Streams.Read(_format, Encoding.UTF8.GetBytes(again)).Events)));
        Assert.EndsWith("data: [DONE]\n\n", again, StringComparison.Ordinal);
        Assert.Contains("\"text_offset\":[0]", again, StringComparison.Ordinal);
    }

    [Fact]
    public void Scan_EveryFrame_SaysWhatTheFullReaderSays()
    {
        var full = new ReaderStreamScan(_format.CreateStreamReader());
        var scan = _format.CreateStreamScan();
        foreach (var frame in Streams.Frames(_format, [Encoding.UTF8.GetBytes(Stream)]))
        {
            Assert.Equal(full.Read(frame), scan.Read(frame));
            Assert.Equal(full.Usage, scan.Usage);
        }
    }

    [Fact]
    public void Stream_ErrorInside_IsNoCleanEnd()
    {
        var (events, _) = Streams.Read(_format, "data: {\"choices\":[{\"text\":\"a\",\"index\":0}]}\n\ndata: {\"error\":{\"message\":\"no\"}}\n\ndata: x\n\n"u8.ToArray());

        Assert.IsType<Failed>(events[^1]);
        Assert.DoesNotContain("[DONE]", Streams.Write(_format, events), StringComparison.Ordinal);
    }

    [Fact]
    public void Answer_WrittenAndRead_IsTheSame()
    {
        var answer = Streams.Answer(Streams.Read(_format, Encoding.UTF8.GetBytes(Stream)).Events);

        var written = Streams.Json(json => _format.WriteAnswer(answer, Streams.Context, json));

        Assert.Equal("text_completion", written.GetProperty("object").GetString());
        Assert.Equal(Dump.Of(answer with { Model = "my-model" }), Dump.Of(_format.ReadAnswer(written)));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"choices":[{"index":0}]}""")]
    [InlineData("""{"error":"no"}""")]
    public void Read_JsonThatIsNoAnswer_IsAFormatException(string json)
    {
        Assert.ThrowsAny<FormatException>(() => _format.ReadAnswer(Parse(json)));
    }

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;
}
