using System.Text;
using Tidegate.Models.Formats;
using Tidegate.Models.Formats.OpenAiChat;
using Tidegate.Models.Streaming;

namespace Tidegate.Models.Tests.Formats.OpenAiChat;

/// <summary>Chunks that differ in their text alone are not read: what is said of them, and of those that only look so, is what reading each of them says.</summary>
public sealed class OpenAiChatMouldTests
{
    private const string First = """{"id":"c","choices":[{"index":0,"delta":{"content":"one"},"finish_reason":null}]}""";

    [Theory]
    [InlineData(StreamSigns.Content, """{"id":"c","choices":[{"index":0,"delta":{"content":" two ü"},"finish_reason":null}]}""")]
    [InlineData(StreamSigns.Content, """{"id":"c","choices":[{"index":0,"delta":{"content":"\n\""},"finish_reason":null}]}""")]
    [InlineData(StreamSigns.Content, """{"id":"c","choices":[{"index":1,"delta":{"content":"one"},"finish_reason":null}]}""")]
    [InlineData(StreamSigns.Content, """{"id":"c","choices":[{"index":0,"delta":{"content":"}],}"},"finish_reason":null}]}""")]
    [InlineData(StreamSigns.None, """{"id":"c","choices":[{"index":0,"delta":{"content":""},"finish_reason":null}]}""")]
    [InlineData(StreamSigns.Content | StreamSigns.Finish, """{"id":"c","choices":[{"index":0,"delta":{"content":"a"},"finish_reason":"stop"}]}""")]
    [InlineData(StreamSigns.Content | StreamSigns.Finish, """{"id":"c","choices":[{"index":0,"delta":{"content":"a"},"finish_reason":"stop"},{"index":1,"delta":{"content":"b"},"finish_reason":null}]}""")]
    [InlineData(StreamSigns.Content | StreamSigns.Usage, """{"id":"c","choices":[{"index":0,"delta":{"content":"a"}}],"usage":{"prompt_tokens":1},"choices":[{"index":0,"delta":{"content":"b"},"finish_reason":null}]}""")]
    [InlineData(StreamSigns.Malformed, """{"id":"c","choices":[{"index":0,"delta":{"content":"a\"},"finish_reason":null}]}""")]
    [InlineData(StreamSigns.Malformed, """{"id":"c","choices":[{"index":0,"delta":{"content":"a""b"},"finish_reason":null}]}""")]
    [InlineData(StreamSigns.Malformed, "{\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\tb\"},\"finish_reason\":null}]}")]
    [InlineData(StreamSigns.Malformed, """{"id":"c","choices":[{"index":0,"delta":{"content":"},"finish_reason":null}]}""")]
    [InlineData(StreamSigns.Malformed, """{"id":"c","choices":[{"index":0,"delta":{"content":"one"},"finish_reason":null}]""")]
    [InlineData(StreamSigns.Error, """{"error":{"message":"x"},"choices":[{"index":0,"delta":{"content":"a"},"finish_reason":null}]}""")]
    public void Read_AfterAChunkLikeIt_SaysWhatAFreshLookSays(StreamSigns expected, string chunk)
    {
        var (scan, fresh) = (new OpenAiChatStreamScan(), new OpenAiChatStreamScan());
        scan.Read(Frame(First));
        var before = scan.ContentBytes;

        Assert.Equal(expected, scan.Read(Frame(chunk)));
        Assert.Equal(expected, fresh.Read(Frame(chunk)));
        Assert.Equal(fresh.ContentBytes, scan.ContentBytes - before);
        Assert.Equal("one" + Text(fresh), Text(scan));
        Assert.Equal(StreamSigns.Content, scan.Read(Frame(First)));
    }

    [Theory]
    [InlineData("""{"choices":[{"index":0,"delta":{"reasoning_content":"a"}}]}""", """{"choices":[{"index":0,"delta":{"reasoning_content":"b"}}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"refusal":"a"}}]}""", """{"choices":[{"index":0,"delta":{"refusal":"b"}}]}""")]
    [InlineData("""{"choices":[{"index":0,"text":"a","finish_reason":null}]}""", """{"choices":[{"index":0,"text":"b","finish_reason":null}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"content":"a","reasoning":"x"}}]}""", """{"choices":[{"index":0,"delta":{"content":"b","reasoning":"x"}}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"content":"a"}},{"index":1,"delta":{"content":"x"}}]}""", """{"choices":[{"index":0,"delta":{"content":"a"}},{"index":1,"delta":{"content":"y"}}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"content":"a","tool_calls":[{"index":0,"function":{"name":"f","arguments":"1"}}]}}]}""", """{"choices":[{"index":0,"delta":{"content":"b","tool_calls":[{"index":0,"function":{"name":"f","arguments":"1"}}]}}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"1"}}]}}]}""", """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"2"}}]}}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"content":[{"type":"text","text":"a"}]}},{"index":1,"delta":{"content":"x"}}]}""", """{"choices":[{"index":0,"delta":{"content":[{"type":"text","text":"a"}]}},{"index":1,"delta":{"content":"y"}}]}""")]
    public void Read_ChunksOfOtherKinds_CountWhatTheySay(string one, string two)
    {
        var (scan, first, second) = (new OpenAiChatStreamScan(), new OpenAiChatStreamScan(), new OpenAiChatStreamScan());
        first.Read(Frame(one));
        second.Read(Frame(two));

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(new OpenAiChatStreamScan().Read(Frame(one)), scan.Read(Frame(one)));
            Assert.Equal(new OpenAiChatStreamScan().Read(Frame(two)), scan.Read(Frame(two)));
        }

        Assert.Equal(3 * (first.ContentBytes + second.ContentBytes), scan.ContentBytes);
        Assert.Equal(string.Concat(Enumerable.Repeat(Text(first) + Text(second), 3)), Text(scan));
        Assert.Equal((first.IsRefused || second.IsRefused, first.HasThoughts || second.HasThoughts), (scan.IsRefused, scan.HasThoughts));
    }

    [Fact]
    public void TryMatch_TextAlone_Matches()
    {
        var mould = new OpenAiChatMould();
        mould.Take("<one>"u8, 1, 3);

        Assert.True(mould.TryMatch("<other>"u8, out var text));
        Assert.Equal("other", Encoding.UTF8.GetString(text));
        Assert.False(mould.TryMatch("<>"u8, out _));
        Assert.False(mould.TryMatch("<other"u8, out _));
        Assert.False(mould.TryMatch("[other>"u8, out _));
        Assert.False(mould.TryMatch("<oth\"er>"u8, out _));
    }

    private static string Text(OpenAiChatStreamScan scan) => Encoding.UTF8.GetString(scan.ContentText.Span);

    private static StreamFrame Frame(string data) => new("", Encoding.UTF8.GetBytes(data));
}
