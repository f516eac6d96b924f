using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Providers;
using Tidegate.Core.Resources.Routes;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models.Faults;

/// <summary>
/// An alias over fake models, told by their scripts, in order. The clock is the test's. Every model costs 1 per million tokens of input and 2 of output, and a token of
/// theirs is a word: the question has six, and so has its echo.
/// </summary>
internal sealed class FaultScene : IAsyncDisposable
{
    /// <summary>What the question and its echo cost.</summary>
    public const decimal Whole = 0.000018m;

    private readonly FakeTimeProvider _time;
    private readonly TestGateway _gateway;

    private FaultScene(FakeTimeProvider time, TestGateway gateway) => (_time, _gateway) = (time, gateway);

    public static Task<FaultScene> StartAsync(params string[] models) => StartAsync(m => m, models);

    public static async Task<FaultScene> StartAsync(Func<ModelConfig, ModelConfig> change, params string[] models)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
        var price = new ModelPriceConfig { InputPerMillion = 1, OutputPerMillion = 2 };
        var alias = new ModelConfig
        {
            Targets = [.. models.Select(m => new TargetConfig { Provider = "fake", Model = m })],
            Timeouts = new ModelTimeoutsConfig { FirstToken = TimeSpan.FromSeconds(2), Idle = TimeSpan.FromSeconds(2), Answer = TimeSpan.FromSeconds(4) },
        };
        var gateway = await TestGateway.StartAsync(new TestGateway.Setup { Time = time }, Config.Document(
            new Resource<ProviderConfig>
            {
                ApiVersion = "tidegate/v1", Kind = "Provider", Metadata = new ResourceMetadata { Name = "fake" },
                Spec = new ProviderConfig { Vendor = "fake", Models = [.. models.Select(m => new ProviderModelConfig { Name = m, Price = price })] },
            },
            Model("fast", change(alias)),
            Config.Route("models", new RouteConfig { Models = new ModelsConfig(), Identify = Config.Anyone })));
        return new FaultScene(time, gateway);
    }

    /// <summary>Time passes.</summary>
    public void Advance(TimeSpan span) => _time.Advance(span);

    /// <summary>Asks, and lets time pass until there is an answer.</summary>
    public async Task<Seen> AskAsync(bool stream = true)
    {
        var before = _gateway.Calls.Records.Count;
        var answering = AnswerAsync($$"""{"model":"fast","stream":{{(stream ? "true" : "false")}},"messages":[{"role":"user","content":"one two three four five six"}]}""");
        await Task.WhenAny(answering, Task.Delay(200, TestContext.Current.CancellationToken)); // most need no time to pass
        while (!answering.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        var (status, body, retryAfter) = await answering;
        return new Seen(status, body, retryAfter, (await _gateway.Calls.WaitForAsync(before + 1))[before]);
    }

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    private async Task<(int Status, string Body, string RetryAfter)> AnswerAsync(string request)
    {
        using var answer = await _gateway.PostAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), answer.Headers.RetryAfter?.ToString() ?? "");
    }

    /// <summary>What the caller saw, and what stands on the record.</summary>
    internal sealed record Seen(int Status, string Body, string RetryAfter, CallRecord Record)
    {
        /// <summary>Attempts in order, by fake model.</summary>
        public IReadOnlyList<(string Model, CallOutcome Outcome)> Attempts => [.. Enumerable.Range(0, Record.AttemptCount).Select(i => (Record.Attempt(i).Destination["fake/".Length..], Record.Attempt(i).Outcome))];

        /// <summary>Cost of each attempt.</summary>
        public IReadOnlyList<decimal?> Costs => [.. Enumerable.Range(0, Record.AttemptCount).Select(i => Record.Attempt(i).Use?.Cost)];

        /// <summary>The caller has the whole echo.</summary>
        public void IsWhole(bool stream = true)
        {
            Assert.True(Status == 200, Body);
            Assert.Equal(CallOutcome.Ok, Record.Outcome);
            Assert.Contains("\"stop\"", Body, StringComparison.Ordinal);
            if (stream) Assert.EndsWith("data: [DONE]\n\n", Body, StringComparison.Ordinal);
            else Assert.Contains("one two three four five six", Body, StringComparison.Ordinal);
            Assert.Contains("six", Body, StringComparison.Ordinal);
        }

        /// <summary>The caller has seen a begin and then an error, and cannot take it for an end.</summary>
        public void IsBrokenOff()
        {
            Assert.Equal((200, CallOutcome.Truncated), (Status, Record.Outcome));
            Assert.Contains("\"content\":", Body, StringComparison.Ordinal);
            Assert.Contains("\"error\":{", Body, StringComparison.Ordinal);
            Assert.DoesNotContain("[DONE]", Body, StringComparison.Ordinal);
            Assert.DoesNotContain("\"stop\"", Body, StringComparison.Ordinal);
        }
    }
}
