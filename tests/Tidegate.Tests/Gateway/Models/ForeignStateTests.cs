using System.Text.Json.Nodes;
using Tidegate.Core.Calls;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models;

/// <summary>What a provider keeps in its account, which all callers share, is not reached through the responses API.</summary>
public sealed class ForeignStateTests
{
    [Theory]
    [InlineData("\"conversation\":\"conv_1\"", "conversation")]
    [InlineData("\"conversation\":{\"id\":\"conv_1\"}", "conversation")]
    [InlineData("\"conv\\u0065rsation\":\"conv_1\"", "conversation")]
    [InlineData("\"prompt\":{\"id\":\"pmpt_1\"}", "prompt")]
    [InlineData("\"background\":true", "background")]
    [InlineData("\"previous_response_id\":5", "previous_response_id")]
    [InlineData("\"previous_response_id\":{\"a\":1}", "previous_response_id")]
    [InlineData("\"input\":[{\"role\":\"user\",\"content\":\"x\"},{\"type\":\"item_reference\",\"id\":\"msg_1\"}]", "input[1]")]
    [InlineData("\"input\":[{\"id\":\"msg_1\"}]", "input[0]")]
    [InlineData("\"input\":[{\"type\":null,\"id\":\"msg_1\"}]", "input[0]")]
    public async Task Named_IsRefused_AndNobodyIsAsked(string field, string named)
    {
        await using var upstream = await ChatUpstream.StartAsync(Json(200, "{}"));
        await using var gateway = await StartAsync("openai", upstream);

        var (status, body) = await gateway.AskAsync($$"""{"model":"fast","input":"hi",{{field}}}""", "/v1/responses");

        Assert.Equal((400, 0), (status, upstream.Calls));
        Assert.StartsWith($"{named}: ", JsonNode.Parse(body)!["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(CallOutcome.ClientError, (await gateway.Calls.NextAsync()).Outcome);
    }

    [Theory]
    [InlineData("\"previous_response_id\":\"resp_1\"")]
    [InlineData("\"previous_response_i\\u0064\":\"resp_1\"")]
    public async Task PreviousOfTheProvider_IsNotFound_HoweverItIsWritten(string field)
    {
        await using var upstream = await ChatUpstream.StartAsync(Json(200, "{}"));
        await using var gateway = await StartAsync("openai", upstream);

        var (status, body) = await gateway.AskAsync($$"""{"model":"fast","input":"hi",{{field}}}""", "/v1/responses");

        Assert.Equal((400, 0), (status, upstream.Calls));
        Assert.Contains("previous_response_not_found", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NothingNamed_PassesToTheByte()
    {
        await using var upstream = await ChatUpstream.StartAsync(Json(200, """{"id":"resp_1","object":"response","status":"completed","output":[],"usage":{}}"""));
        await using var gateway = await StartAsync("openai", upstream);

        await gateway.AskAsync("""{"model":"fast","conversation":null,"background":false,"previous_response_id":null,"input":[{"role":"user","content":"x"},{"id":"rs_1","type":"reasoning","summary":[]},{"id":"msg_1","role":"assistant","content":"y"}]}""", "/v1/responses");

        Assert.Equal("""{"model":"m-p1","conversation":null,"background":false,"previous_response_id":null,"input":[{"role":"user","content":"x"},{"id":"rs_1","type":"reasoning","summary":[]},{"id":"msg_1","role":"assistant","content":"y"}]}""", upstream.Bodies[0]);
    }
}
