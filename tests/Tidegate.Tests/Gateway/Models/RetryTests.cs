using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Models;
using Tidegate.Tests.Gateway.Models.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models;

/// <summary>What is tried again and where: semantics 2.1 and 2.2.</summary>
public sealed class RetryTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(413)]
    [InlineData(422)]
    public async Task Semantics2_1_WrongRequests_AreNeverTriedAgain(int status)
    {
        await using var first = await ChatUpstream.StartAsync(Fails(status));
        await using var second = await ChatUpstream.StartAsync(Says("no"));
        await using var gateway = await StartAsync(first, second);

        var (seen, body) = await gateway.AskAsync(Ask);

        Assert.Equal(status, seen);
        Assert.Contains("it went wrong", body, StringComparison.Ordinal);
        Assert.Equal((1, 0), (first.Calls, second.Calls));
        Assert.Equal(CallOutcome.ClientError, (await gateway.Calls.NextAsync()).Outcome);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(409)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(529)]
    public async Task Semantics2_1_FailuresOfTheProvider_GoElsewhere(int status)
    {
        await using var first = await ChatUpstream.StartAsync(Fails(status));
        await using var second = await ChatUpstream.StartAsync(Says("here"));
        await using var gateway = await StartAsync(first, second);

        var (seen, body) = await gateway.AskAsync(Ask);

        Assert.Equal(200, seen);
        Assert.Contains("here", body, StringComparison.Ordinal);
        var record = await gateway.Calls.NextAsync();
        Assert.Equal((2, "p2/m-p2", CallOutcome.Ok), (record.AttemptCount, record.Destination, record.Outcome));
    }

    [Fact]
    public async Task Semantics2_1_TransportErrors_GoElsewhere()
    {
        await using var second = await ChatUpstream.StartAsync(Says("here"));
        await using var gateway = await Tidegate.Tests.Gateway.Support.TestGateway.StartAsync(
            Document(m => m, Provider("p1", Tidegate.Tests.Gateway.Support.RawUpstream.Refused()), Provider("p2", second.Address)));

        Assert.Equal(200, (await gateway.AskAsync(Ask)).Status);
        Assert.Equal("connection refused", (await gateway.Calls.NextAsync()).Attempt(0).Error);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(402)]
    [InlineData(403)]
    public async Task Semantics2_1_RefusedKeys_AreTakenOutNotTheModel(int status)
    {
        await using var upstream = await ChatUpstream.StartAsync(Fails(status), Says("with the second key"));
        await using var gateway = await Tidegate.Tests.Gateway.Support.TestGateway.StartAsync(Document(m => m, Provider("p1", upstream.Address, "key-one", "key-two")));

        Assert.Equal(200, (await gateway.AskAsync(Ask)).Status);
        Assert.Equal(200, (await gateway.AskAsync(Ask)).Status);

        Assert.Equal(["key-one", "key-two", "key-two"], upstream.Keys);
    }

    [Fact]
    public async Task Semantics2_1_RefusedKeys_AllOfThem_AreNotTheCallersFault()
    {
        await using var upstream = await ChatUpstream.StartAsync(Fails(401));
        await using var gateway = await Tidegate.Tests.Gateway.Support.TestGateway.StartAsync(Document(m => m, Provider("p1", upstream.Address, "key-one")));

        var (status, body) = await gateway.AskAsync(Ask);

        Assert.Equal(502, status);
        Assert.DoesNotContain("key-one", body, StringComparison.Ordinal);
        Assert.Contains("\"error\"", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Semantics2_2_ContextLength_GoesOnlyToLargerWindows()
    {
        await using var first = await ChatUpstream.StartAsync(Fails(400, "context_length_exceeded"));
        await using var same = await ChatUpstream.StartAsync(Says("too small"));
        await using var larger = await ChatUpstream.StartAsync(Says("fits"));
        await using var gateway = await StartAsync(
            m => m with { Targets = [m.Targets[0] with { ContextWindow = 8000 }, m.Targets[1] with { ContextWindow = 8000 }, m.Targets[2] with { ContextWindow = 128_000 }] }, first, same, larger);

        var (status, body) = await gateway.AskAsync(Ask);

        Assert.Equal(200, status);
        Assert.Contains("fits", body, StringComparison.Ordinal);
        Assert.Equal((1, 0, 1), (first.Calls, same.Calls, larger.Calls));
    }

    [Fact]
    public async Task Semantics2_2_ContextLength_WithoutALargerWindow_IsRelayedAfterOneAttempt()
    {
        await using var first = await ChatUpstream.StartAsync(Fails(400, "context_length_exceeded"));
        await using var other = await ChatUpstream.StartAsync(Says("no"));
        await using var gateway = await StartAsync(first, other);

        Assert.Equal(400, (await gateway.AskAsync(Ask)).Status);
        Assert.Equal((1, 0), (first.Calls, other.Calls));
    }

    [Theory]
    [InlineData(false, 400)]
    [InlineData(true, 200)]
    public async Task Semantics2_2_ContentFilter_IsRelayedUnlessOptedIn(bool optedIn, int expected)
    {
        await using var strict = await ChatUpstream.StartAsync(Fails(400, "content_filter"));
        await using var lenient = await ChatUpstream.StartAsync(Says("fine"));
        await using var gateway = await Tidegate.Tests.Gateway.Support.TestGateway.StartAsync(Tidegate.Tests.Gateway.Support.Config.Document(
            Provider("p1", strict.Address), Provider("p2", lenient.Address),
            Model("fast", new ModelConfig { Targets = [new TargetConfig { Provider = "p1", Model = "a" }], RetryContentFilter = optedIn, Fallbacks = new FallbacksConfig { ContentPolicy = ["other"] } }),
            Model("other", new ModelConfig { Targets = [new TargetConfig { Provider = "p2", Model = "b" }] }),
            Tidegate.Tests.Gateway.Support.Config.Route("models", new Tidegate.Core.Resources.Routes.RouteConfig { Models = new(), Identify = Tidegate.Tests.Gateway.Support.Config.Anyone })));

        Assert.Equal(expected, (await gateway.AskAsync(Ask)).Status);
    }

    [Fact]
    public async Task ErrorShown_IsTheLastOne_NotAnEarlierTargetsWords()
    {
        await using var gateway = await Tidegate.Tests.Gateway.Support.TestGateway.StartAsync(Tidegate.Tests.Gateway.Support.Config.Document(
            new Tidegate.Core.Resources.Resource<Tidegate.Core.Resources.Providers.ProviderConfig>
            {
                ApiVersion = "tidegate/v1", Kind = "Provider", Metadata = new() { Name = "fake" }, Spec = new() { Vendor = "fake" },
            },
            Model("fast", new ModelConfig { Targets = [new TargetConfig { Provider = "fake", Model = "down" }, new TargetConfig { Provider = "fake", Model = "echo?dialect=anthropic_messages" }] }),
            Tidegate.Tests.Gateway.Support.Config.Route("models", new Tidegate.Core.Resources.Routes.RouteConfig { Models = new(), Identify = Tidegate.Tests.Gateway.Support.Config.Anyone })));

        var (status, body) = await gateway.AskAsync("""{"model":"fast","messages":[],"temperature":"hot"}""");

        Assert.Equal(400, status);
        Assert.Contains("temperature", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Semantics2_2_ContextLength_FallbacksOfSmallOrTheSameModels_AreNotAsked()
    {
        await using var first = await ChatUpstream.StartAsync(Fails(400, "context_length_exceeded"));
        await using var small = await ChatUpstream.StartAsync(Says("too small"));
        await using var larger = await ChatUpstream.StartAsync(Says("fits"));
        await using var gateway = await StartWithFallbackAsync(
            new TargetConfig { Provider = "p1", Model = "a", ContextWindow = 8000 },
            [
                new TargetConfig { Provider = "p1", Model = "a", ContextWindow = 128_000 }, // the very same, whatever its window is said to be
                new TargetConfig { Provider = "p2", Model = "b", ContextWindow = 8000 },
                new TargetConfig { Provider = "p3", Model = "c", ContextWindow = 16_000 },
            ], first, small, larger);

        var (status, body) = await gateway.AskAsync(Ask);

        Assert.Equal(200, status);
        Assert.Contains("fits", body, StringComparison.Ordinal);
        Assert.Equal((1, 0, 1), (first.Calls, small.Calls, larger.Calls));
    }

    [Fact]
    public async Task Semantics2_4_SilentTarget_IsNotAskedAgainThroughAFallback()
    {
        await using var silent = await ChatUpstream.StartAsync(Streams(Silence));
        await using var other = await ChatUpstream.StartAsync(Says("here"));
        await using var gateway = await StartWithFallbackAsync(
            new TargetConfig { Provider = "p1", Model = "a" }, [new TargetConfig { Provider = "p1", Model = "a" }, new TargetConfig { Provider = "p2", Model = "b" }], silent, other);

        var answering = gateway.AskAsync(AskStream);
        await silent.Silent.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(4.1));

        Assert.Contains("here", (await answering).Body, StringComparison.Ordinal);
        Assert.Equal((1, 1), (silent.Calls, other.Calls));
    }

    [Fact]
    public async Task Semantics2_1_RefusedKey_LeavesItsProvidersOtherKeysAndTheOtherModels()
    {
        await using var upstream = await ChatUpstream.StartAsync(Fails(403), Says("other key"), Says("other alias"));
        var document = Document(m => m, Provider("p1", upstream.Address, "key-one", "key-two"));
        await using var gateway = await Tidegate.Tests.Gateway.Support.TestGateway.StartAsync(Tidegate.Tests.Gateway.Support.Config.Document(
            [.. document.Resources, Model("second", new ModelConfig { Targets = [new TargetConfig { Provider = "p1", Model = "b" }] })]));

        Assert.Equal(200, (await gateway.AskAsync(Ask)).Status);
        Assert.Equal(200, (await gateway.AskAsync(Ask.Replace("fast", "second", StringComparison.Ordinal))).Status);

        Assert.Equal(["key-one", "key-two", "key-two"], upstream.Keys); // out is the key, for every model
        Assert.All(gateway.Status.Destinations, d => Assert.Equal("closed", d.Breaker));
    }

    // Alias "fast" of one target; "other" stands behind it, whatever goes wrong.
    private Task<Tidegate.Tests.Gateway.Support.TestGateway> StartWithFallbackAsync(TargetConfig target, TargetConfig[] fallback, params ChatUpstream[] upstreams) =>
        Tidegate.Tests.Gateway.Support.TestGateway.StartAsync(new Tidegate.Tests.Gateway.Support.TestGateway.Setup { Time = _time }, Tidegate.Tests.Gateway.Support.Config.Document(
            [
                .. upstreams.Select((u, i) => Provider($"p{i + 1}", u.Address)),
                Model("fast", new ModelConfig
                {
                    Targets = [target], Timeouts = new ModelTimeoutsConfig { FirstToken = TimeSpan.FromSeconds(4) },
                    Retry = new ModelRetryConfig { BackoffBase = TimeSpan.Zero }, Fallbacks = new FallbacksConfig { Errors = ["other"], ContextWindow = ["other"] },
                }),
                Model("other", new ModelConfig { Targets = fallback, Retry = new ModelRetryConfig { BackoffBase = TimeSpan.Zero } }),
                Tidegate.Tests.Gateway.Support.Config.Route("models", new Tidegate.Core.Resources.Routes.RouteConfig { Models = new(), Identify = Tidegate.Tests.Gateway.Support.Config.Anyone }),
            ]));
}
