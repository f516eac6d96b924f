using System.Text.Json.Nodes;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Providers;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAiChat;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.FaceAnswer;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models;

/// <summary>Streams that break after the caller has seen some of them, and are gone on with: semantics 2.6 b and c.</summary>
public sealed class RescueTests
{
    private const string AskUsage = """{"model":"fast","stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"hi"}]}""";
    private const string ToolCall = "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"t1\",\"type\":\"function\",\"function\":{\"name\":\"pay\",\"arguments\":\"{\"}}]},\"finish_reason\":null}]}\n\n";
    private const string Thought = "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"reasoning_content\":\"hm\"},\"finish_reason\":null}]}\n\n";

    [Fact]
    public async Task Semantics2_6b_Prefill_TheNextTargetGoesOnWhereTheTextEnded()
    {
        await using var first = await ChatUpstream.StartAsync(Streams(Role, Content("Hello wor"), Gate, Cut));
        await using var second = await ChatUpstream.StartAsync(Streams(Claude("ld!")));
        await using var gateway = await PrefillAsync(first, second);

        var (status, body) = await gateway.AskAsync(AskUsage, first);

        Assert.Equal(200, status);
        var answer = Read(new OpenAiChatFormat(), body);
        Assert.Equal("Hello world!", TextOf(answer));
        Assert.Equal((1, 1), (Count(body, "\"role\":\"assistant\""), Count(body, "[DONE]")));
        var last = JsonNode.Parse(second.Bodies[0])!["messages"]!.AsArray()[^1]!;
        Assert.Equal(("assistant", "Hello wor"), (last["role"]!.GetValue<string>(), last["content"]!.GetValue<string>()));
        // The second one's 7 and 3, and for the first, which told nothing, what was counted.
        Assert.True(answer.Usage is { Input: > 7, Output: > 3 }, answer.Usage?.ToString());
        var record = await gateway.Calls.NextAsync();
        Assert.Equal((CallOutcome.Ok, "p2/claude", 2), (record.Outcome, record.Destination, record.AttemptCount));
        Assert.Equal((CallOutcome.Truncated, CallOutcome.Ok), (record.Attempt(0).Outcome, record.Attempt(1).Outcome));
        Assert.Contains("rescue by prefill", record.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Semantics2_6b_Prefill_WhiteSpaceAtTheCutIsNotRepeated()
    {
        await using var first = await ChatUpstream.StartAsync(Streams(Role, Content("Hello "), Gate, Cut));
        await using var second = await ChatUpstream.StartAsync(Streams(Claude(" world")));
        await using var gateway = await PrefillAsync(first, second);

        Assert.Equal("Hello world", TextOf(Read(new OpenAiChatFormat(), (await gateway.AskAsync(AskStream, first)).Body)));
        Assert.Contains("\"content\":\"Hello\"", second.Bodies[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Semantics2_6b_Prefill_CutWithAFallbackThatCannotContinue_IsAnErrorInTheStream()
    {
        await using var first = await ChatUpstream.StartAsync(Streams(Role, Content("so far"), Gate, Cut));
        await using var second = await ChatUpstream.StartAsync(Says("no"));
        await using var gateway = await StartAsync(m => m with { Rescue = RescueMode.Prefill }, first, second);

        var (_, body) = await gateway.AskAsync(AskStream, first);

        ExpectBrokenOff(body, "so far");
        Assert.Equal((1, 0), (first.Calls, second.Calls));
        Assert.Equal((CallOutcome.Truncated, 1), (await gateway.Calls.NextAsync() is var r ? r.Outcome : default, r.AttemptCount));
    }

    [Fact]
    public async Task Semantics2_6b_Prefill_AModelThatRefusesIt_IsPassedOver()
    {
        await using var first = await ChatUpstream.StartAsync(Streams(Role, Content("Hello wor"), Gate, Cut));
        await using var newest = await ChatUpstream.StartAsync(Json(400, """{"type":"error","error":{"type":"invalid_request_error","message":"This model does not support assistant message prefill."}}"""));
        await using var older = await ChatUpstream.StartAsync(Streams(Claude("ld")));
        await using var gateway = await PrefillAsync(first, newest, older);

        Assert.Equal("Hello world", TextOf(Read(new OpenAiChatFormat(), (await gateway.AskAsync(AskStream, first)).Body)));
    }

    [Fact]
    public async Task Semantics2_6c_Splice_TheSameTextAgain_GoesOnBehindWhatTheCallerHas()
    {
        await using var first = await ChatUpstream.StartAsync(Streams(Role, Content("Hello wor"), Gate, Cut));
        await using var second = await ChatUpstream.StartAsync(Streams(Role, Content("He"), Content("llo world"), Content("!"), Stop, Usage(7, 3), Done));
        await using var gateway = await StartAsync(m => m with { Rescue = RescueMode.Splice }, first, second);

        var (_, body) = await gateway.AskAsync(AskUsage, first);

        Assert.Equal("Hello world!", TextOf(Read(new OpenAiChatFormat(), body)));
        Assert.Equal((1, 1, 1), (Count(body, "\"role\":\"assistant\""), Count(body, "[DONE]"), Count(body, "\"usage\":{")));
        Assert.Equal((CallOutcome.Ok, 2), (await gateway.Calls.NextAsync() is var r ? r.Outcome : default, r.AttemptCount));
    }

    [Fact]
    public async Task Semantics2_6c_Splice_AnotherText_IsAnErrorInTheStream()
    {
        await using var first = await ChatUpstream.StartAsync(Streams(Role, Content("Hello wor"), Gate, Cut));
        await using var second = await ChatUpstream.StartAsync(Streams(Role, Content("Hello to you"), Stop, Done));
        await using var third = await ChatUpstream.StartAsync(Says("no"));
        await using var gateway = await StartAsync(m => m with { Rescue = RescueMode.Splice }, first, second, third);

        ExpectBrokenOff((await gateway.AskAsync(AskStream, first)).Body, "Hello wor");
        Assert.Equal((1, 1, 0), (first.Calls, second.Calls, third.Calls));
        var record = await gateway.Calls.NextAsync();
        Assert.Equal(CallOutcome.Truncated, record.Outcome);
        Assert.Contains("another", record.Attempt(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Semantics2_6c_Splice_AShorterText_IsAnErrorInTheStream()
    {
        await using var first = await ChatUpstream.StartAsync(Streams(Role, Content("Hello wor"), Gate, Cut));
        await using var second = await ChatUpstream.StartAsync(Says("Hello"));
        await using var gateway = await StartAsync(m => m with { Rescue = RescueMode.Splice }, first, second);

        ExpectBrokenOff((await gateway.AskAsync(AskStream, first)).Body, "Hello wor");
    }

    [Fact]
    public async Task Semantics2_6c_Splice_OneThatFailsBeforeItSaysAnythingNew_IsUnseen()
    {
        await using var first = await ChatUpstream.StartAsync(Streams(Role, Content("Hello wor"), Gate, Cut));
        await using var second = await ChatUpstream.StartAsync(Fails(500));
        await using var third = await ChatUpstream.StartAsync(Streams(Role, Content("Hel"), Cut));
        await using var fourth = await ChatUpstream.StartAsync(Says("Hello world"));
        await using var gateway = await StartAsync(m => m with { Rescue = RescueMode.Splice }, first, second, third, fourth);

        Assert.Equal("Hello world", TextOf(Read(new OpenAiChatFormat(), (await gateway.AskAsync(AskStream, first)).Body)));
        Assert.Equal((1, 1, 1, 1), (first.Calls, second.Calls, third.Calls, fourth.Calls));
    }

    [Theory]
    [InlineData(ToolCall)]
    [InlineData(Thought)]
    public async Task Semantics2_6_ToolCallsAndThoughtsInProgress_AreNotRescued(string piece)
    {
        foreach (var mode in new[] { RescueMode.Prefill, RescueMode.Splice })
        {
            await using var first = await ChatUpstream.StartAsync(Streams(Role, piece, Gate, Cut));
            await using var second = await ChatUpstream.StartAsync(Streams(Claude("no")));
            await using var gateway = await TestGateway.StartAsync(Document(m => m with { Rescue = mode }, Provider("p1", first.Address), Anthropic("p2", second)));

            var (_, body) = await gateway.AskAsync(AskStream, first);

            Assert.Contains("\"error\"", body, StringComparison.Ordinal);
            Assert.DoesNotContain("[DONE]", body, StringComparison.Ordinal);
            Assert.Equal(0, second.Calls);
        }
    }

    [Theory]
    [MemberData(nameof(FaceAnswer.Faces), MemberType = typeof(FaceAnswer))]
    public async Task Semantics2_6c_Splice_TheStreamIsWellFormedInEveryFace(string face, string path, string request)
    {
        await using var first = await ChatUpstream.StartAsync(Streams(Role, Content("Hello wor"), Gate, Cut));
        await using var second = await ChatUpstream.StartAsync(Says("Hello world!"));
        await using var gateway = await StartAsync(m => m with { Rescue = RescueMode.Splice }, first, second);

        var (status, body) = await gateway.AskAsync(request, first, path);

        Assert.True(status == 200, body);
        var answer = Read(FormatOf(face), body);
        Assert.Equal("Hello world!", TextOf(answer));
        Assert.True(answer.Usage is { Output: > 3 }, $"the usage of both: {answer.Usage}");
        foreach (var once in new[] { "event: message_start", "event: content_block_start", "event: message_stop", "event: response.created", "event: response.completed", "\"done\":true", "finishReason" })
            Assert.True(Count(body, once) <= 1, body);
    }

    [Theory]
    [MemberData(nameof(FaceAnswer.Faces), MemberType = typeof(FaceAnswer))]
    public async Task Semantics2_6c_Splice_LostOnes_AreToldInEveryFace(string face, string path, string request)
    {
        await using var first = await ChatUpstream.StartAsync(Streams(Role, Content("Hello wor"), Gate, Cut));
        await using var second = await ChatUpstream.StartAsync(Says("Something else"));
        await using var gateway = await StartAsync(m => m with { Rescue = RescueMode.Splice }, first, second);

        var (_, body) = await gateway.AskAsync(request, first, path);

        var events = Events(FormatOf(face), body);
        Assert.Contains(events, e => e is Failed);
        Assert.DoesNotContain(events, e => e is Finished);
    }

    private static Task<TestGateway> PrefillAsync(ChatUpstream first, params ChatUpstream[] claudes) => TestGateway.StartAsync(Document(
        m => m with { Rescue = RescueMode.Prefill, Inexpressible = InexpressibleMode.Drop, Targets = [m.Targets[0], .. m.Targets.Skip(1).Select(t => t with { Model = "claude" })] },
        [Provider("p1", first.Address), .. claudes.Select((c, i) => Anthropic($"p{i + 2}", c))]));

    private static Resource<ProviderConfig> Anthropic(string name, ChatUpstream upstream) =>
        Provider(name, upstream.Address) with { Spec = new ProviderConfig { Vendor = "anthropic", Address = upstream.Address } };

    private static string Claude(string text) => string.Concat(
        "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude\",\"content\":[],\"stop_reason\":null,\"usage\":{\"input_tokens\":7,\"output_tokens\":1}}}\n\n",
        "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n",
        $"event: content_block_delta\ndata: {{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{{\"type\":\"text_delta\",\"text\":\"{text}\"}}}}\n\n",
        "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n",
        "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":3}}\n\n",
        "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static void ExpectBrokenOff(string body, string soFar)
    {
        Assert.Contains($"\"content\":\"{soFar}\"", body, StringComparison.Ordinal);
        Assert.Contains("\"error\"", body, StringComparison.Ordinal);
        Assert.DoesNotContain("[DONE]", body, StringComparison.Ordinal);
        Assert.DoesNotContain("\"stop\"", body, StringComparison.Ordinal);
    }
}
