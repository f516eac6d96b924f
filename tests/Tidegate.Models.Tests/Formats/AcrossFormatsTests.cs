using System.Text;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats;
using Tidegate.Models.Formats.AnthropicMessages;
using Tidegate.Models.Formats.Gemini;
using Tidegate.Models.Formats.OpenAiChat;
using Tidegate.Models.Formats.OpenAiResponses;
using Tidegate.Models.Tests.Support;

namespace Tidegate.Models.Tests.Formats;

/// <summary>What an OpenAI caller says reaches every provider, and what the provider says reaches the caller: through two formats and back.</summary>
public sealed class AcrossFormatsTests
{
    private static readonly Dictionary<string, (IFaceFormat Face, ITargetFormat Target)> All = new()
    {
        ["openai_chat"] = (new OpenAiChatFormat(), new OpenAiChatFormat()),
        ["openai_responses"] = (new OpenAiResponsesFormat(), new OpenAiResponsesFormat()),
        ["anthropic_messages"] = (new AnthropicMessagesFormat(), new AnthropicMessagesFormat()),
        ["gemini"] = (new GeminiFormat(), new GeminiFormat()),
    };

    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (var caller in new[] { "openai_chat", "openai_responses" })
                foreach (var provider in All.Keys) pairs.Add(caller, provider);
            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Semantics2_11_Request_ThroughAnotherFormat_KeepsWhatWasSaid(string caller, string provider)
    {
        var request = new ChatRequest
        {
            Model = "m",
            Messages =
            [
                new Message(MessageRole.System, [new TextPart("Be brief.")]),
                new Message(MessageRole.User, [new TextPart("What is this?"), new MediaPart(MediaKind.Image, "image/png", "iVBORw0KGgo=", null)]),
                new Message(MessageRole.Assistant, [new TextPart("I look."), new ToolCallPart("call_a", "get_tide", """{"port":"Kiel"}"""), new ToolCallPart("call_b", "f", "{}")]),
                new Message(MessageRole.Tool, [new ToolResultPart("call_a", [new TextPart("low")])]),
                new Message(MessageRole.Tool, [new ToolResultPart("call_b", [new TextPart("done")])]),
                new Message(MessageRole.User, [new TextPart("So?")]),
            ],
            Tools = [new ToolDefinition("get_tide", "Tide", System.Text.Json.JsonDocument.Parse("""{"type":"object","properties":{"port":{"type":"string"}}}""").RootElement)],
            ToolChoice = new ToolChoice(ToolChoiceMode.Required),
            Sampling = new Sampling { Temperature = 0.5, TopP = 0.9 },
            MaxTokens = 100,
        };

        var issues = new FormatIssues();
        var read = All[caller].Face.ReadRequest(Streams.Json(json => All[caller].Target.WriteRequest(request, json, issues)), issues)!;
        var arrived = All[provider].Face.ReadRequest(Streams.Json(json => All[provider].Target.WriteRequest(read, json, issues)), issues)!;

        Assert.Empty(issues.All);
        Assert.Equal(Said(request), Said(arrived));
        Assert.Equal((0.5, 0.9, 100, ToolChoiceMode.Required), (arrived.Sampling.Temperature, arrived.Sampling.TopP, arrived.MaxTokens, arrived.ToolChoice?.Mode));
        Assert.Equal(["get_tide: Tide"], arrived.Tools.Select(t => $"{t.Name}: {t.Description}"));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Semantics2_11_Stream_ThroughAnotherFormat_KeepsWhatWasSaid(string caller, string provider)
    {
        ChatEvent[] events =
        [
            new Started("x", "y", 1), new TextDelta("Grüße"), new TextDelta(" 🌊"), new ToolCallStarted(0, "call_a", "get_tide"), new ToolArgumentsDelta(0, """{"port":"Kiel"}"""),
            new ToolCallStarted(1, "call_b", "f"), new ToolArgumentsDelta(1, "{}"), new Finished(new Finish(FinishReason.ToolCalls)), new Used(new Usage { Input = 12, CachedInput = 4, Output = 9 }),
        ];

        var fromProvider = Streams.Read(All[provider].Target, Encoding.UTF8.GetBytes(Streams.Write(All[provider].Face, events))).Events;
        var atCaller = Streams.Answer(Streams.Read(All[caller].Target, Encoding.UTF8.GetBytes(Streams.Write(All[caller].Face, fromProvider))).Events);

        var expected = Streams.Answer(events);
        Assert.Equal(Dump.Of(expected.Choices[0].Parts.Select(WithoutId)), Dump.Of(atCaller.Choices[0].Parts.Select(WithoutId)));
        Assert.Equal(expected.Choices[0].Finish, atCaller.Choices[0].Finish);
        Assert.Equal(expected.Usage, atCaller.Usage);
    }

    [Theory]
    [InlineData("openai_chat")]
    [InlineData("openai_responses")]
    public void Semantics2_11_Thoughts_SignedByAnotherVendor_ComeBackToItAndToNobodyElse(string caller)
    {
        ChatAnswer answer = new()
        {
            Choices = [new AnswerChoice([new ReasoningPart("Hm") { Signature = SignatureOrigin.Mark("c2ln", SignatureOrigin.Anthropic) }, new TextPart("Yes")], new Finish(FinishReason.Stop))],
        };
        var shown = Streams.Json(json => All[caller].Face.WriteAnswer(answer, Streams.Context, json));
        var parts = All[caller].Target.ReadAnswer(shown).Choices[0].Parts;
        var request = new ChatRequest { Model = "m", Messages = [new Message(MessageRole.User, [new TextPart("x")]), new Message(MessageRole.Assistant, parts), new Message(MessageRole.User, [new TextPart("y")])], MaxTokens = 10 };
        var issues = new FormatIssues();

        var toAnthropic = Streams.Json(json => All["anthropic_messages"].Target.WriteRequest(request, json, issues)).GetRawText();
        var toOpenAi = Streams.Json(json => All["openai_responses"].Target.WriteRequest(request, json, issues)).GetRawText();

        Assert.Contains("\"signature\":\"c2ln\"", toAnthropic, StringComparison.Ordinal);
        Assert.DoesNotContain("c2ln", toOpenAi, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Semantics1_7_Error_OfAProvider_IsTheSameClassAtTheCaller(string caller, string provider)
    {
        foreach (var kind in new[] { ModelErrorKind.InvalidRequest, ModelErrorKind.Authentication, ModelErrorKind.NotFound, ModelErrorKind.RateLimit, ModelErrorKind.Server })
        {
            var error = new ModelError(kind, 0, "words");
            var read = All[provider].Target.ReadError(All[provider].Face.StatusOf(error), Bytes(All[provider].Face, error));

            Assert.Equal(kind, read.Kind);
            Assert.Equal(kind, All[caller].Target.ReadError(All[caller].Face.StatusOf(read), Bytes(All[caller].Face, read)).Kind);
        }
    }

    private static byte[] Bytes(IFaceFormat face, ModelError error) => Encoding.UTF8.GetBytes(Streams.Json(json => face.WriteError(error, json)).GetRawText());

    // Formats group results of tools as they like, and some have no ids for calls.
    private static string Said(ChatRequest request) => string.Join('\n', request.Messages.SelectMany(m => m.Parts.Select(p => $"{m.Role} {Dump.Of(WithoutId(p))}")));

    private static object WithoutId(Part part) => part switch
    {
        ToolCallPart call => call with { Id = "", Arguments = call.Arguments.Replace(" ", "", StringComparison.Ordinal) },
        ToolResultPart result => result with { CallId = "", Name = null },
        _ => part,
    };
}
