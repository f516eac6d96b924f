using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Models;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models;

/// <summary>Waits between attempts: semantics 1.2 for models. The clock is the test's.</summary>
public sealed class BackoffTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(1.0, 1.0, 2.0, 3.0)]
    [InlineData(0.5, 0.5, 1.0, 1.5)]
    public async Task Semantics1_2_SameTargetAgain_IsWaitedForExponentially_WithFullJitter(double draw, params double[] seconds)
    {
        await using var upstream = await ChatUpstream.StartAsync(Fails(500), Fails(500), Fails(500), Says("back"));
        await using var gateway = await StartAsync(m => m with { Retry = new ModelRetryConfig { BackoffBase = TimeSpan.FromSeconds(1), BackoffMax = TimeSpan.FromSeconds(3) } }, draw, upstream);

        Assert.Equal(200, (await AskAsync(gateway)).Status);

        var record = await gateway.Calls.NextAsync();
        Assert.Equal(4, record.AttemptCount);
        for (var i = 0; i < 3; i++)
        {
            var waited = (record.Attempt(i + 1).StartUs - record.Attempt(i).StartUs - record.Attempt(i).DurationUs) / 1e6;
            Assert.True(waited >= seconds[i] - 0.01, $"{waited} s before attempt {i + 2}");
        }
    }

    [Fact]
    public async Task Semantics1_2_SameTargetAgain_WhenChanceSaysNow_IsAskedAtOnce()
    {
        await using var upstream = await ChatUpstream.StartAsync(Fails(500), Fails(500), Fails(500), Says("back"));
        await using var gateway = await StartAsync(m => m with { Retry = new ModelRetryConfig { BackoffBase = TimeSpan.FromMinutes(1) } }, 0, upstream);

        Assert.Equal(200, (await gateway.AskAsync(Ask)).Status); // the clock stands still
    }

    [Fact]
    public async Task Semantics1_2_AnotherTarget_IsAskedAtOnce()
    {
        await using var first = await ChatUpstream.StartAsync(Fails(500));
        await using var second = await ChatUpstream.StartAsync(Fails(500));
        await using var third = await ChatUpstream.StartAsync(Says("here"));
        await using var gateway = await StartAsync(m => m with { Retry = new ModelRetryConfig { BackoffBase = TimeSpan.FromMinutes(1) } }, 1, first, second, third);

        Assert.Equal(200, (await gateway.AskAsync(Ask)).Status); // the clock stands still
    }

    [Fact]
    public async Task Semantics1_1_Backoff_LongerThanWhatIsLeftOfTheDeadline_IsNotWaitedFor()
    {
        await using var upstream = await ChatUpstream.StartAsync(Fails(500), Says("too late"));
        await using var gateway = await StartAsync(m => m with { Retry = new ModelRetryConfig { BackoffBase = TimeSpan.FromMinutes(1), BackoffMax = TimeSpan.FromMinutes(1) } }, 1, upstream);

        using var answer = await gateway.PostAsync(Ask, headers: ("X-Request-Timeout", "30"));

        Assert.Equal((500, 1), ((int)answer.StatusCode, upstream.Calls));
        Assert.Contains("no retry: deadline", (await gateway.Calls.NextAsync()).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Semantics1_2_SameTargetAgain_TheRecordSaysHowLongItWaited()
    {
        await using var upstream = await ChatUpstream.StartAsync(Fails(500), Fails(503), Says("here"));
        await using var gateway = await TestGateway.StartAsync(new TestGateway.Setup { Random = new SameDraw(0.5) }, Document(m => m with { MaxAttempts = 3, Retry = new ModelRetryConfig() }, upstream));

        Assert.Equal(200, (await gateway.AskAsync(Ask)).Status);

        // Half of at most 100 ms, then half of at most 200.
        Assert.Equal("retry 1: 500 Server; waited 50 ms before the same target; retry 2: 503 Overloaded; waited 100 ms before the same target", (await gateway.Calls.NextAsync()).Why);
    }

    [Fact]
    public async Task Semantics1_2_AnotherKey_IsTriedAtOnce()
    {
        await using var upstream = await ChatUpstream.StartAsync(Fails(401), Says("here"));
        await using var gateway = await TestGateway.StartAsync(Document(m => m with { Retry = new ModelRetryConfig() }, Provider("p1", upstream.Address, "one", "two")));

        Assert.Equal(200, (await gateway.AskAsync(Ask)).Status);

        Assert.Equal((CallOutcome.Ok, "retry 1: 401 Authentication"), (await gateway.Calls.NextAsync()) is var record ? (record.Outcome, record.Why) : default);
    }

    private async Task<(int Status, string Body)> AskAsync(TestGateway gateway)
    {
        var answering = gateway.AskAsync(Ask);
        while (!answering.IsCompleted)
        {
            await Task.WhenAny(answering, Task.Delay(5, TestContext.Current.CancellationToken));
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }

        return await answering;
    }

    private Task<TestGateway> StartAsync(Func<ModelConfig, ModelConfig> change, double draw, params ChatUpstream[] upstreams) => TestGateway.StartAsync(
        new TestGateway.Setup { Time = _time, Random = new SameDraw(draw) }, Document(m => change(m) with { SlowStart = TimeSpan.Zero }, upstreams));

    private sealed class SameDraw(double number) : Tidegate.Core.Ports.IRandomSource
    {
        public double NextDouble() => number;

        public int Next(int exclusiveMax) => 0;

        public void NextBytes(Span<byte> bytes) => System.Security.Cryptography.RandomNumberGenerator.Fill(bytes);
    }
}
