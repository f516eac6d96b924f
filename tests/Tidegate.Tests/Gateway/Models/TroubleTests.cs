using System.Diagnostics.Metrics;
using Tidegate.Core.Calls;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Providers;
using Tidegate.Core.Resources.Services;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models;

/// <summary>When no target takes a call: the caller is told when to come back, the operator why, on the record, in the status and in the metrics.</summary>
public sealed class TroubleTests
{
    [Fact]
    public async Task RefusedKey_TheNextCallsAre503WithRetryAfter_AndEverySurfaceSaysWhy()
    {
        await using var upstream = await ChatUpstream.StartAsync(Fails(401));
        await using var gateway = await TestGateway.StartAsync(Document(m => m, Provider("p1", upstream.Address, "key-one")));

        Assert.Equal(502, (await gateway.AskAsync(Ask)).Status);
        using var second = await gateway.PostAsync(Ask);

        Assert.Equal(503, (int)second.StatusCode);
        Assert.InRange(second.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        var records = await gateway.Calls.WaitForAsync(2);
        Assert.Contains("no target: p1/m-p1: key 'key-one' is out: 401 Authentication (for ", records[1].Why, StringComparison.Ordinal);
        Assert.Equal(0, records[1].AttemptCount);
        var status = Assert.Single(gateway.Get<INodeStatus>().Destinations);
        Assert.Equal(("p1", "p1/m-p1#key-one", "unhealthy", "closed"), (status.Service, status.Destination, status.Health, status.Breaker));
        Assert.StartsWith("key 'key-one' is out: 401 Authentication", status.Reason, StringComparison.Ordinal);
        Assert.Equal(0, Read(gateway, "tidegate_destination_healthy")["p1/m-p1#key-one"]);
    }

    [Fact]
    public async Task ExpiredKey_IsNamed()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        var provider = Provider("p1", upstream.Address);
        provider = provider with { Spec = provider.Spec with { Keys = [new ProviderKeyConfig { Name = "old", Secret = "s", ExpiresAt = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero) }] } };
        await using var gateway = await TestGateway.StartAsync(Document(m => m, provider));

        Assert.Equal(503, (await gateway.AskAsync(Ask)).Status);

        Assert.Contains("no target: p1/m-p1: key 'old' has expired", (await gateway.Calls.NextAsync()).Why, StringComparison.Ordinal);
        Assert.Equal("key 'old' has expired", Assert.Single(gateway.Get<INodeStatus>().Destinations).Reason);
    }

    [Fact]
    public async Task OpenBreaker_IsNamed_AndIsInTheMetrics()
    {
        await using var upstream = await ChatUpstream.StartAsync(Fails(500));
        var provider = Provider("p1", upstream.Address);
        provider = provider with { Spec = provider.Spec with { Breaker = new BreakerConfig { MinimumCalls = 1, Cooldown = TimeSpan.FromMinutes(1), MaxCooldown = TimeSpan.FromMinutes(1) } } };
        await using var gateway = await TestGateway.StartAsync(Document(m => m with { MaxAttempts = 1 }, provider));

        Assert.Equal(500, (await gateway.AskAsync(Ask)).Status);
        using var second = await gateway.PostAsync(Ask);

        Assert.Equal(503, (int)second.StatusCode);
        Assert.NotNull(second.Headers.RetryAfter);
        Assert.Contains("no target: p1/m-p1: breaker open (for ", (await gateway.Calls.WaitForAsync(2))[1].Why, StringComparison.Ordinal);
        Assert.Equal("open", Assert.Single(gateway.Get<INodeStatus>().Destinations).Breaker);
        Assert.Equal(2, Read(gateway, "tidegate_breaker_state").Values.Single());
    }

    [Fact]
    public async Task Targets_OfSeveralAliases_AreShownOnce()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        ConfigDocument document = Config.Document(
            Provider("p1", upstream.Address, "a", "b"),
            Model("fast", new ModelConfig { Targets = [new TargetConfig { Provider = "p1", Model = "m" }] }), Model("slow", new ModelConfig { Targets = [new TargetConfig { Provider = "p1", Model = "m" }] }));
        await using var gateway = await TestGateway.StartAsync(document);

        Assert.Equal(["p1/m#a", "p1/m#b"], gateway.Get<INodeStatus>().Destinations.Select(d => d.Destination));
    }

    [Fact]
    public async Task LastFailure_IsNoRetry()
    {
        await using var upstream = await ChatUpstream.StartAsync(Fails(500));
        await using var gateway = await StartAsync(m => m with { MaxAttempts = 2, Retry = new ModelRetryConfig() }, upstream);

        Assert.Equal(500, (await gateway.AskAsync(Ask)).Status);

        var record = await gateway.Calls.NextAsync();
        Assert.Equal(2, record.AttemptCount);
        Assert.StartsWith("retry 1: 500 Server; waited ", record.Why, StringComparison.Ordinal);
        Assert.DoesNotContain("retry 2", record.Why, StringComparison.Ordinal);
    }

    private static Dictionary<string, long> Read(TestGateway gateway, string metric)
    {
        var (read, meter) = (new Dictionary<string, long>(StringComparer.Ordinal), gateway.Get<Meter>());
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (ReferenceEquals(instrument.Meter, meter) && instrument.Name == metric) l.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => read[tags.ToArray().Single(t => t.Key == "destination").Value!.ToString()!] = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return read;
    }
}
