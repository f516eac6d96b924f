using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Providers;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using Tidegate.Tests.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.FaceAnswer;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models;

/// <summary>The rules of streams, semantics 2.3 to 2.9, with every vendor's own events: passed through to the caller who speaks the same, and translated for another.</summary>
public sealed class VendorStreamTests
{
    private static readonly ModelTimeoutsConfig ShortIdle = new() { FirstToken = TimeSpan.FromHours(1), Idle = TimeSpan.FromSeconds(4) };

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
    private int _signs;

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
            await using var gateway = await StartAsync(vendor, m => m with { Timeouts = ShortIdle }, upstream);

            var (_, body) = await _time.PassUntilAsync(gateway.AskAsync(request, upstream, path));

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
        await using var gateway = await StartAsync(vendor, m => m with { Timeouts = new ModelTimeoutsConfig { FirstToken = TimeSpan.FromSeconds(4) } }, silent, second);

        var answering = gateway.AskAsync(request, path);
        for (var half = 0; half < 2; half++)
        {
            // Were they tokens, those of the second half would count from then.
            for (var seen = Volatile.Read(ref _signs); Volatile.Read(ref _signs) < seen + 10;) await Task.Delay(5, Cancel);
            _time.Advance(TimeSpan.FromSeconds(2.1));
        }

        var (_, body) = await answering;

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
        await using var gateway = await StartAsync(vendor, m => m with { Timeouts = ShortIdle }, upstream);

        using var answer = await gateway.PostAsync(request, path);
        var body = await _time.PassUntilAsync(answer.Content.ReadAsStringAsync(Cancel));

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
    private Func<HttpContext, Task> KeepsAlive(VendorStream stream, string first) => async context =>
    {
        await context.Response.WriteAsync(first, context.RequestAborted);
        while (true)
        {
            await context.Response.WriteAsync(stream.KeepAlive, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            Interlocked.Increment(ref _signs);
            await Task.Delay(5, context.RequestAborted);
        }
    };

    // The first provider is of the vendor; all others speak chat completions.
    private Task<TestGateway> StartAsync(string vendor, Func<ModelConfig, ModelConfig> change, ChatUpstream first, params ChatUpstream[] others)
    {
        var of = Provider("p1", first.Address);
        if (vendor != "openai-compatible") of = of with { Spec = new ProviderConfig { Vendor = vendor, Address = first.Address, Keys = [new ProviderKeyConfig { Name = "k", Secret = "secret" }] } };
        return TestGateway.StartAsync(new TestGateway.Setup { Time = _time }, Document(m => change(m) with { Inexpressible = InexpressibleMode.Drop }, [of, .. others.Select((o, i) => Provider($"p{i + 2}", o.Address))]));
    }
}
