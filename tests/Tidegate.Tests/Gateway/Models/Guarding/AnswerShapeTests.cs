using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Guardrails;
using Tidegate.Tests.Gateway.Models.Support;
using static Tidegate.Tests.Gateway.Models.Guarding.GuardSetup;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;

namespace Tidegate.Tests.Gateway.Models.Guarding;

/// <summary>Answers that must have the shape asked for.</summary>
public sealed class AnswerShapeTests
{
    private const string Schema = """{"type":"object","required":["n"],"properties":{"n":{"type":"integer"}}}""";
    private const string Good = "{\\\"n\\\":7}", Bad = "{\\\"n\\\":\\\"x\\\"}";

    [Theory]
    [InlineData("/v1/chat/completions", false)]
    [InlineData("/v1/chat/completions", true)]
    [InlineData("/v1/responses", false)]
    [InlineData("/v1/responses", true)]
    public async Task WrongShape_IsNotShown_AndAskedForOnceMore(string path, bool stream)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says(Bad), Says(Good));
        await using var gateway = await StartAsync(new GuardrailConfig { CheckSchema = true }, upstream);

        var (status, body) = await gateway.AskAsync(Ask(path, stream), path);

        Assert.True(status == 200, body);
        Assert.Contains("{\\\"n\\\":7}", body.Replace("\\u0022", "\\\"", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("x\\", body.Replace("\\u0022", "\\\"", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("$.n must be integer", upstream.Bodies[1], StringComparison.Ordinal);
        var record = await gateway.Calls.NextAsync();
        Assert.Equal((CallOutcome.Ok, 2, "the answer has not the shape asked for"), (record.Outcome, record.AttemptCount, record.Attempt(0).Error));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WrongShapeTwice_IsAnError_AndNobodyIsAskedAThirdTime(bool stream)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says(Bad));
        await using var gateway = await StartAsync(new GuardrailConfig { CheckSchema = true }, upstream);

        for (var i = 0; i < 4; i++)
        {
            // The provider is not suspected: its breaker stays closed.
            var (status, body) = await gateway.AskAsync(Ask("/v1/chat/completions", stream));

            Assert.Equal((502, 2 * (i + 1)), (status, upstream.Calls));
            Assert.Contains("answer_invalid", body, StringComparison.Ordinal);
        }

        Assert.Equal(CallOutcome.UpstreamError, (await gateway.Calls.NextAsync()).Outcome);
    }

    [Fact]
    public async Task NoShapeAskedFor_AnythingGoes_AndStreamsPass()
    {
        await using var upstream = await ChatUpstream.StartAsync(Streams(Role, Content("no JSON"), Stop, Done));
        await using var gateway = await StartAsync(new GuardrailConfig { CheckSchema = true }, upstream);

        Assert.Equal((200, Role + Content("no JSON") + Stop + Done), await gateway.AskAsync(Chat("hi", stream: true)));
    }

    private static string Ask(string path, bool stream)
    {
        var word = stream ? "true" : "false";
        return path == "/v1/responses"
            ? $$$$"""{"model":"fast","stream":{{{{word}}}},"store":false,"input":"hi","text":{"format":{"type":"json_schema","name":"s","schema":SCHEMA}}}""".Replace("SCHEMA", Schema, StringComparison.Ordinal)
            : $$$$"""{"model":"fast","stream":{{{{word}}}},"messages":[{"role":"user","content":"hi"}],"response_format":{"type":"json_schema","json_schema":{"name":"s","schema":SCHEMA}}}""".Replace("SCHEMA", Schema, StringComparison.Ordinal);
    }
}
