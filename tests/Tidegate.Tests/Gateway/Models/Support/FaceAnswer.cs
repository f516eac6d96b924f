using System.Buffers;
using System.Text;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats;
using Tidegate.Models.Formats.AnthropicMessages;
using Tidegate.Models.Formats.Gemini;
using Tidegate.Models.Formats.OllamaChat;
using Tidegate.Models.Formats.OpenAiChat;
using Tidegate.Models.Formats.OpenAiResponses;

namespace Tidegate.Tests.Gateway.Models.Support;

/// <summary>Reads a stream that a caller got, as its own SDK would.</summary>
internal static class FaceAnswer
{
    /// <summary>Format, path and request of a streamed call for alias <c>fast</c>, by face.</summary>
    public static TheoryData<string, string, string> Faces => new()
    {
        { "openai_chat", "/v1/chat/completions", """{"model":"fast","stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"hi"}]}""" },
        { "openai_responses", "/v1/responses", """{"model":"fast","stream":true,"input":"hi"}""" },
        { "anthropic_messages", "/v1/messages", """{"model":"fast","stream":true,"max_tokens":50,"messages":[{"role":"user","content":"hi"}]}""" },
        { "gemini", "/v1beta/models/fast:streamGenerateContent?alt=sse", """{"contents":[{"role":"user","parts":[{"text":"hi"}]}]}""" },
        { "ollama_chat", "/api/chat", """{"model":"fast","messages":[{"role":"user","content":"hi"}]}""" },
    };

    public static ITargetFormat FormatOf(string face) => face switch
    {
        "openai_chat" => new OpenAiChatFormat(),
        "openai_responses" => new OpenAiResponsesFormat(),
        "anthropic_messages" => new AnthropicMessagesFormat(),
        "gemini" => new GeminiFormat(),
        _ => new OllamaChatFormat(),
    };

    public static List<ChatEvent> Events(ITargetFormat format, string body)
    {
        var events = new List<ChatEvent>();
        var (frames, reader) = (format.CreateFrameReader(), format.CreateStreamReader());
        var bytes = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(body));
        while (frames.TryRead(ref bytes, out var frame) || frames.TryReadLast(ref bytes, out frame))
        {
            if (!frame.Data.Span.SequenceEqual("[DONE]"u8)) Assert.True(reader.Read(frame, events), body);
        }

        return events;
    }

    /// <summary>The answer; it must be a whole one.</summary>
    public static ChatAnswer Read(ITargetFormat format, string body)
    {
        var builder = new AnswerBuilder();
        foreach (var next in Events(format, body)) builder.Add(next);
        Assert.True(builder.IsFinished && builder.Error is null, body);
        return builder.Build();
    }

    /// <summary>The stream failed, and nobody can take its end for a clean one.</summary>
    public static void IsBrokenOff(ITargetFormat format, string body)
    {
        var events = Events(format, body);
        Assert.True(events.OfType<Failed>().Any() && !events.OfType<Finished>().Any(), body);
        Assert.DoesNotContain("[DONE]", body, StringComparison.Ordinal);
        Assert.DoesNotContain("message_stop", body, StringComparison.Ordinal);
        Assert.DoesNotContain("response.completed", body, StringComparison.Ordinal);
        Assert.DoesNotContain("\"done\":true", body, StringComparison.Ordinal);
    }

    public static string TextOf(ChatAnswer answer) => string.Concat(answer.Choices[0].Parts.OfType<TextPart>().Select(p => p.Text));
}
