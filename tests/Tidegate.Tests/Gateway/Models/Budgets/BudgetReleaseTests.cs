using System.Buffers;
using Microsoft.Extensions.DependencyInjection;
using Tidegate.Core.Calls;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Budgets;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Providers;
using Tidegate.Gateway.Models.Buffers;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models.Budgets;

/// <summary>Whatever ends a call, what it held of a budget is given back: semantics 2.10. Those whose callers leave are with <see cref="CallerGoneTests"/>.</summary>
public sealed class BudgetReleaseTests
{
    private const string Messages = """{"model":"fast","max_tokens":9,"messages":[{"role":"user","content":"hi"}]}""";

    private static readonly ModelTimeoutsConfig Short = new() { FirstToken = TimeSpan.FromMilliseconds(300), Answer = TimeSpan.FromMilliseconds(300), Idle = TimeSpan.FromMilliseconds(300) };

    public static TheoryData<string, string, string> Failures
    {
        get
        {
            var all = new TheoryData<string, string, string>();
            foreach (var trouble in new[] { "refused", "reset", "html", "half", "odd", "silent", "400", "401", "404", "408", "413", "422", "429", "500", "529", "context", "filter" })
                foreach (var (path, request) in new[] { ("/v1/chat/completions", Ask), ("/v1/chat/completions", AskStream), ("/v1/messages", Messages) })
                    all.Add(trouble, path, request);
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Semantics2_10_EveryFailure_GivesBackWhatWasReserved(string trouble, string path, string request)
    {
        await using var upstream = await ChatUpstream.StartAsync(trouble switch
        {
            "reset" or "refused" => Streams(Cut),
            "html" => Json(200, "<html><title>Bad gateway</title></html>"),
            "half" => Json(200, "{\"id\":\"x\",\"choi"),
            "odd" => Json(200, """{"choices":[{"message":{"content":[[{"type":{}}]],"tool_calls":[7,{"function":[]}]},"finish_reason":{}}],"usage":[]}"""),
            "silent" => Streams(Silence),
            "context" => Fails(400, "context_length_exceeded"),
            "filter" => Fails(400, "content_filter"),
            _ => Fails(int.Parse(trouble, System.Globalization.CultureInfo.InvariantCulture)),
        });
        await using var gateway = await StartAsync(trouble == "refused" ? RawUpstream.Refused() : upstream.Address, m => m with { Timeouts = Short, MaxAttempts = 2 });

        await gateway.AskAsync(request, path);

        Assert.NotEqual(CallOutcome.GatewayError, (await gateway.Calls.NextAsync()).Outcome);
        IsFree(gateway);
    }

    [Theory]
    [InlineData(Cut)]
    [InlineData("")]
    [InlineData(Error)]
    [InlineData(Silence)]
    public async Task Semantics2_10_BrokenStream_HoldsNothingMore_AndWhatWasDeliveredIsBooked(string ending)
    {
        await using var upstream = await ChatUpstream.StartAsync(Streams(Role, Content("so far"), Gate, ending));
        await using var gateway = await StartAsync(upstream.Address, m => m with { Timeouts = Short });

        await gateway.AskAsync(AskStream, upstream);

        var use = (await gateway.Calls.NextAsync()).Use!;
        Assert.Equal(use.InputTokens + use.OutputTokens, IsFree(gateway).Used);
    }

    [Theory]
    [InlineData("/v1/chat/completions", Ask)]
    [InlineData("/v1/chat/completions", AskStream)]
    [InlineData("/v1/messages", Messages)]
    public async Task Semantics2_10_FaultOfOurs_WhereverItIs_HoldsNothingMore(string path, string request)
    {
        for (var at = 1; ; at++)
        {
            var pool = new FailingPool(at);
            await using var upstream = await ChatUpstream.StartAsync(Says("here"));
            await using var gateway = await StartAsync(upstream.Address, m => m, s => s.AddSingleton(new BytePool(pool)));

            try
            {
                await gateway.AskAsync(request, path);
            }
            catch (HttpRequestException)
            {
                // The answer had begun: it breaks off.
            }

            var record = await gateway.Calls.NextAsync();
            var budget = IsFree(gateway);
            if (!pool.HasFailed)
            {
                Assert.Equal(CallOutcome.Ok, record.Outcome);
                Assert.True(at > 2, "the fault was nowhere");
                return;
            }

            if (upstream.Calls == 0) Assert.Equal((CallOutcome.GatewayError, 0L), (record.Outcome, budget.Used)); // else the answer could not be read, or it was tried again
        }
    }

    private static BudgetTokens IsFree(TestGateway gateway)
    {
        var tokens = gateway.Get<IBudgetStatus>().Budgets.Single().Tokens!;
        Assert.Equal((0L, 0), (tokens.Reserved, gateway.Status.Destinations.Single().InFlight));
        return tokens;
    }

    private static Task<TestGateway> StartAsync(Uri provider, Func<ModelConfig, ModelConfig> change, Action<IServiceCollection>? services = null)
    {
        var document = Document(change, Provider("p1", provider));
        return TestGateway.StartAsync(new TestGateway.Setup { Services = services }, Config.Document([.. document.Resources, new Resource<BudgetConfig>
        {
            ApiVersion = "tidegate/v1", Kind = "Budget", Metadata = new ResourceMetadata { Name = "b" }, Spec = new BudgetConfig { Window = BudgetWindow.Day, Tokens = 1_000_000 },
        }]));
    }

    private sealed class FailingPool(int at) : ArrayPool<byte>
    {
        private int _rented;

        public bool HasFailed { get; private set; }

        public override byte[] Rent(int minimumLength)
        {
            if (Interlocked.Increment(ref _rented) != at) return new byte[minimumLength];
            HasFailed = true;
            throw new InvalidOperationException("no memory of 10.0.0.7");
        }

        public override void Return(byte[] array, bool clearArray = false)
        {
        }
    }
}
