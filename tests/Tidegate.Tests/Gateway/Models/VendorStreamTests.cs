using Microsoft.AspNetCore.Http;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Providers;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.FaceAnswer;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models;

/// <summary>The rules of streams, semantics 2.3 to 2.9, with every vendor's own events: passed through to the caller who speaks the same, and translated for another.</summary>
public sealed class VendorStreamTests
{
    private static readonly ModelTimeoutsConfig Short = new() { FirstToken = TimeSpan.FromMilliseconds(700), Idle = TimeSpan.FromMilliseconds(700) };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Each vendor by the face that speaks its format, where there is one, and by one that does not.</summary>
    public static TheoryData<string, string, string, string> Pairs
    {
        get
        {
            var own = new Dictionary<string, string> { ["openai-compatible"] = "openai_chat", ["anthropic"] = "anthropic_messages", ["gemini"] = "gemini", ["ollama"] = "ollama_chat" };
            var pairs = new TheoryData<string, string, string, string>();
            foreach (var vendor in VendorStream.Vendors.Select(row => row.Data))
                foreach (var row in FaceAnswer.Faces)
                    if (row.Data.Item1 == own.GetValueOrDefault(vendor) || row.Data.Item1 == (vendor == "anthropic" ? "openai_chat" : "anthropic_messages")) pairs.Add(vendor, row.Data.Item1, row.Data.Item2, row.Data.Item3);
            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Semantics2_3_ErrorAsTheFirstEvent_GoesElsewhereUnseen(string vendor, string face, string path, string request)
    {
        var stream = VendorStream.Of(vendor);
        foreach (var before in new[] { "", stream.KeepAlive, stream.Start })
        {
            await using var first = await ChatUpstream.StartAsync(Streams(before, stream.Error));
            await using var second = await ChatUpstream.StartAsync(Says("here"));
            await using var gateway = await StartAsync(vendor, m => m, first, second);

            var (status, body) = await gateway.AskAsync(request, path);

            Assert.True(status == 200, body);
            Assert.Equal("here", TextOf(Read(FormatOf(face), body)));
            Assert.DoesNotContain("verload", body, StringComparison.Ordinal);
            var record = await gateway.Calls.NextAsync();
            Assert.Equal((CallOutcome.Ok, 2, CallOutcome.UpstreamError), (record.Outcome, record.AttemptCount, record.Attempt(0).Outcome));
            Assert.StartsWith("error in the stream: ", record.Attempt(0).Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Semantics2_5_ErrorEventAfterCommit_IsAnErrorInTheCallersProtocol(string vendor, string face, string path, string request)
    {
        var stream = VendorStream.Of(vendor);
        await using var first = await ChatUpstream.StartAsync(Streams(stream.Start, stream.Text, Gate, stream.Error));
        await using var second = await ChatUpstream.StartAsync(Says("no"));
        await using var gateway = await StartAsync(vendor, m => m, first, second);

        var (status, body) = await gateway.AskAsync(request, first, path);

        Assert.Equal(200, status);
        Assert.Contains("so far", body, StringComparison.Ordinal);
        IsBrokenOff(FormatOf(face), body);
        var record = await gateway.Calls.NextAsync();
        Assert.Equal((CallOutcome.Truncated, 1, 0), (record.Outcome, record.AttemptCount, second.Calls));
        Assert.True(record.Use is { InputTokens: > 0, OutputTokens: > 0 }, "what was delivered is billed");
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Semantics2_7_FinishReasonWithoutTerminator_IsSuccess(string vendor, string face, string path, string request)
    {
        var stream = VendorStream.Of(vendor);
        foreach (var ending in new[] { "", Cut, Silence })
        {
            await using var upstream = await ChatUpstream.StartAsync(Streams(stream.Start, stream.Text, stream.Finish, Gate, ending));
            await using var gateway = await StartAsync(vendor, m => m with { Timeouts = Short }, upstream);

            var (_, body) = await gateway.AskAsync(request, upstream, path);

            Assert.Equal("so far", TextOf(Read(FormatOf(face), body)));
            var record = await gateway.Calls.NextAsync();
            Assert.Equal((CallOutcome.Ok, 7L, 3L), (record.Outcome, record.Use!.InputTokens, record.Use.OutputTokens));
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Semantics2_7_NeitherFinishReasonNorTerminator_IsAFailure(string vendor, string face, string path, string request)
    {
        var stream = VendorStream.Of(vendor);
        foreach (var ending in new[] { "", Cut })
        {
            await using var upstream = await ChatUpstream.StartAsync(Streams(stream.Start, stream.Text, Gate, ending));
            await using var gateway = await StartAsync(vendor, m => m, upstream);

            var (_, body) = await gateway.AskAsync(request, upstream, path);

            IsBrokenOff(FormatOf(face), body);
            Assert.Equal(CallOutcome.Truncated, (await gateway.Calls.NextAsync()).Outcome);
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Semantics2_8_MalformedEvents_AreSkippedAndCounted(string vendor, string face, string path, string request)
    {
        var stream = VendorStream.Of(vendor);
        await using var upstream = await ChatUpstream.StartAsync(Streams(stream.Start, stream.Malformed, stream.Text, stream.Malformed, stream.Finish, stream.Terminator));
        await using var gateway = await StartAsync(vendor, m => m, upstream);

        var (_, body) = await gateway.AskAsync(request, path);

        Assert.Equal("so far", TextOf(Read(FormatOf(face), body)));
        var record = await gateway.Calls.NextAsync();
        Assert.Equal(CallOutcome.Ok, record.Outcome);
        Assert.Contains("2 malformed events skipped", record.Why, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Semantics2_4_KeepAlivesBeforeTheFirstToken_AreNoTokens_TheSilentTargetIsNotAskedAgain(string vendor, string face, string path, string request)
    {
        var stream = VendorStream.Of(vendor);
        await using var silent = await ChatUpstream.StartAsync(KeepsAlive(stream, stream.Start));
        await using var second = await ChatUpstream.StartAsync(Fails(500), Says("here"));
        await using var gateway = await StartAsync(vendor, m => m with { Timeouts = Short }, silent, second);

        var (_, body) = await gateway.AskAsync(request, path);

        Assert.Equal("here", TextOf(Read(FormatOf(face), body)));
        Assert.Equal((1, 2), (silent.Calls, second.Calls));
        Assert.Equal("no token in time", (await gateway.Calls.NextAsync()).Attempt(0).Error);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Semantics2_4_KeepAlivesBetweenTokens_AreNoTokens(string vendor, string face, string path, string request)
    {
        var stream = VendorStream.Of(vendor);
        await using var upstream = await ChatUpstream.StartAsync(KeepsAlive(stream, stream.Start + stream.Text));
        await using var gateway = await StartAsync(vendor, m => m with { Timeouts = Short }, upstream);

        var (_, body) = await gateway.AskAsync(request, path);

        Assert.Contains("so far", body, StringComparison.Ordinal);
        IsBrokenOff(FormatOf(face), body);
        Assert.Equal((CallOutcome.Truncated, "silent between tokens"), (await gateway.Calls.NextAsync() is var r ? r.Outcome : default, r.Error));
    }

    [Theory]
    [MemberData(nameof(FaceAnswer.Faces), MemberType = typeof(FaceAnswer))]
    public async Task Semantics2_9_UsageInALastChunkOfItsOwn_ReachesEveryFace(string face, string path, string request)
    {
        await using var upstream = await ChatUpstream.StartAsync(Streams(Role, Content("so far"), Stop, Gate, Usage(7, 3), Done));
        await using var gateway = await ModelSetup.StartAsync(upstream);

        var (_, body) = await gateway.AskAsync(request, upstream, path);

        Assert.Equal((7L, 3L), Read(FormatOf(face), body).Usage is { } usage ? (usage.Input, usage.Output) : default);
        var record = await gateway.Calls.NextAsync();
        Assert.Equal((7L, 3L, false), (record.Use!.InputTokens, record.Use.OutputTokens, record.Use.Estimated));
    }

    [Theory]
    [MemberData(nameof(FaceAnswer.Faces), MemberType = typeof(FaceAnswer))]
    public async Task Semantics2_11_AnEventOfTenMegabytes_ReachesEveryFace(string face, string path, string request)
    {
        var large = string.Concat(Enumerable.Range(0, 1_000_000).Select(i => $"{i:0000000} ~*")); // and no piece of it twice
        await using var upstream = await ChatUpstream.StartAsync(Streams(Role, Content(large), Stop, Usage(7, 3), Done));
        await using var gateway = await ModelSetup.StartAsync(upstream);

        var (_, body) = await gateway.AskAsync(request, path);

        Assert.True(TextOf(Read(FormatOf(face), body)) == large, $"{body.Length} characters");
        Assert.Equal(CallOutcome.Ok, (await gateway.Calls.NextAsync()).Outcome);
    }

    // Something to show that the connection lives, every now and then, for ever.
    private static Func<HttpContext, Task> KeepsAlive(VendorStream stream, string first) => async context =>
    {
        await context.Response.WriteAsync(first, context.RequestAborted);
        while (true)
        {
            await context.Response.WriteAsync(stream.KeepAlive, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(50, context.RequestAborted);
        }
    };

    // The first provider is of the vendor; all others speak chat completions.
    private static Task<TestGateway> StartAsync(string vendor, Func<ModelConfig, ModelConfig> change, ChatUpstream first, params ChatUpstream[] others)
    {
        var of = Provider("p1", first.Address);
        if (vendor != "openai-compatible") of = of with { Spec = new ProviderConfig { Vendor = vendor, Address = first.Address, Keys = [new ProviderKeyConfig { Name = "k", Secret = "secret" }] } };
        return TestGateway.StartAsync(Document(m => change(m) with { Inexpressible = InexpressibleMode.Drop }, [of, .. others.Select((o, i) => Provider($"p{i + 2}", o.Address))]));
    }
}
