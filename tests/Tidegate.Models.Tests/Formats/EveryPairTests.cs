using System.Text;
using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats;
using Tidegate.Models.Formats.AnthropicMessages;
using Tidegate.Models.Formats.BedrockConverse;
using Tidegate.Models.Formats.CohereChat;
using Tidegate.Models.Formats.Gemini;
using Tidegate.Models.Formats.OllamaChat;
using Tidegate.Models.Formats.OpenAiChat;
using Tidegate.Models.Formats.OpenAiResponses;

namespace Tidegate.Models.Tests.Formats;

/// <summary>Every face with every provider.</summary>
public sealed class EveryPairTests
{
    private static readonly IFaceFormat[] Faces =
        [new OpenAiChatFormat(), new OpenAiResponsesFormat(), new AnthropicMessagesFormat(), new GeminiFormat(), new GeminiFormat(new GeminiOptions { JsonArray = true }), new OllamaChatFormat()];

    private static readonly ITargetFormat[] Targets =
    [
        new OpenAiChatFormat(), new OpenAiResponsesFormat(), new AnthropicMessagesFormat(), new AnthropicMessagesFormat(new AnthropicOptions { Place = AnthropicPlace.Vertex }), new GeminiFormat(),
        new OllamaChatFormat(), new CohereChatFormat(), new BedrockConverseFormat(),
    ];

    private static readonly ChatEvent[] Said =
    [
        new Started("x", "y"), new ReasoningDelta("Hm") { Signature = "tgAnc2ln" }, new TextDelta("Grüße"), new TextDelta(" 🌊 \"\\\n"), new ToolCallStarted(0, "call_a", "get_tide"), new ToolArgumentsDelta(0, "{\"port\":"),
        new ToolArgumentsDelta(0, "\"Kiel\"}"), new ToolCallStarted(1, "call_b", "f"), new ToolArgumentsDelta(1, "{}"), new Finished(new Finish(FinishReason.ToolCalls)),
        new Used(new Usage { Input = 12, Output = 9 }),
    ];

    public static TheoryData<int, string> Requests
    {
        get
        {
            var data = new TheoryData<int, string>();
            for (var target = 0; target < Targets.Length; target++)
                foreach (var fixture in (string[])["AnthropicMessages/request.json", "Gemini/request.json", "OllamaChat/request.json"]) data.Add(target, fixture);
            return data;
        }
    }

    public static TheoryData<int> FaceNumbers => [.. Enumerable.Range(0, Faces.Length)];

    [Theory]
    [MemberData(nameof(Requests))]
    public void Semantics2_11_Request_OfAnyFace_KeepsItsWordsAndCallsForAnyProvider(int target, string fixture)
    {
        IFaceFormat face = fixture[0] switch { 'A' => new AnthropicMessagesFormat(), 'G' => new GeminiFormat(), _ => new OllamaChatFormat() };
        var (request, read) = FormatRun.Read(face, FormatRun.FixtureText(fixture));
        var (written, issues) = FormatRun.Write(Targets[target], request! with { Model = "model-1", Stream = true });

        Assert.Empty(read.All);
        Assert.False(issues.HasErrors);
        var body = JsonSerializer.Serialize(FormatRun.Json(written));
        foreach (var words in (string[])["You are a harbour pilot.", "Which berth?", "Let me look.", "12 m", "And now?", "depth", "Depth of a berth."])
            Assert.Contains(words, body, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(FaceNumbers))]
    public void Semantics2_11_Stream_ForAnyFace_SaysTheSame(int face)
    {
        var text = FormatRun.Stream(Faces[face], Said);
        var events = FormatRun.Events((ITargetFormat)Faces[face], Encoding.UTF8.GetBytes(text)).Events;
        var answer = FormatRun.Build(events);

        Assert.Equal("Grüße 🌊 \"\\\n", string.Concat(answer.Choices[0].Parts.OfType<TextPart>().Select(p => p.Text)));
        Assert.Equal([("call_a", "get_tide", "{\"port\":\"Kiel\"}"), ("call_b", "f", "{}")], answer.Choices[0].Parts.OfType<ToolCallPart>().Select(c => (c.Id, c.Name, c.Arguments)));
        Assert.Equal(FinishReason.ToolCalls, answer.Choices[0].Finish.Reason);
        Assert.Equal((12, 9), (answer.Usage!.Input, answer.Usage.Output));
    }

    [Theory]
    [MemberData(nameof(FaceNumbers))]
    public void Semantics2_11_Answer_ForAnyFace_SaysTheSame(int face)
    {
        var told = FormatRun.Build(Said);
        var answer = ((ITargetFormat)Faces[face]).ReadAnswer(FormatRun.Json(FormatRun.Text(json => Faces[face].WriteAnswer(told, FormatRun.Context, json))));

        Assert.Equal("Grüße 🌊 \"\\\n", string.Concat(answer.Choices[0].Parts.OfType<TextPart>().Select(p => p.Text)));
        Assert.Equal(["get_tide", "f"], answer.Choices[0].Parts.OfType<ToolCallPart>().Select(c => c.Name));
        Assert.Equal(FinishReason.ToolCalls, answer.Choices[0].Finish.Reason);
        Assert.Equal((12, 9), (answer.Usage!.Input, answer.Usage.Output));
    }

    // Semantics 2.5: after content, a failure is never shown as a clean end.
    [Theory]
    [MemberData(nameof(FaceNumbers))]
    public void Semantics2_5_Stream_BrokenForAnyFace_HasNoCleanEnd(int face)
    {
        foreach (var broken in (ChatEvent[][])[Said[..4], [.. Said[..4], new Failed(new ModelError(ModelErrorKind.Server, 0, "Broken."))]])
        {
            var events = FormatRun.Events((ITargetFormat)Faces[face], Encoding.UTF8.GetBytes(FormatRun.Stream(Faces[face], broken))).Events;

            Assert.DoesNotContain(events, e => e is Finished);
            if (broken[^1] is Failed) Assert.Contains(events, e => e is Failed);
        }
    }
}
