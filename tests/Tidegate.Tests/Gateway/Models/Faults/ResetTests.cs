using Tidegate.Core.Calls;
using Tidegate.Tests.Gateway.Models.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models.Faults;

/// <summary>A connection that is reset before any answer.</summary>
public sealed class ResetTests
{
    [Theory]
    [InlineData(Ask)]
    [InlineData(AskStream)]
    public async Task TheNextTargetAnswers(string request)
    {
        await using var first = await ChatUpstream.StartAsync(Streams(Cut));
        await using var second = await ChatUpstream.StartAsync(Says("here"));
        await using var gateway = await StartAsync(first, second);

        var (status, body) = await gateway.AskAsync(request);

        Assert.Equal(200, status);
        Assert.Contains("here", body, StringComparison.Ordinal);
        Assert.Equal((1, 1), (first.Calls, second.Calls));
        var record = await gateway.Calls.NextAsync();
        Assert.Equal((CallOutcome.Ok, CallOutcome.UpstreamError, 0), (record.Outcome, record.Attempt(0).Outcome, record.Attempt(0).Status));
    }

    [Fact]
    public async Task Everywhere_TheCallerGets502_InItsFormat()
    {
        await using var first = await ChatUpstream.StartAsync(Streams(Cut));
        await using var second = await ChatUpstream.StartAsync(Streams(Cut));
        await using var gateway = await StartAsync(m => m with { MaxAttempts = 2 }, first, second);

        var (status, body) = await gateway.AskAsync(AskStream);

        Assert.Equal(502, status);
        Assert.Contains("\"error\"", body, StringComparison.Ordinal);
        Assert.Equal((1, 1), (first.Calls, second.Calls));
    }
}
