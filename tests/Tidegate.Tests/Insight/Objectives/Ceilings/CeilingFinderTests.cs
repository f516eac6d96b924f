using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Calls;
using Tidegate.Insight.Objectives;
using Tidegate.Insight.Objectives.Ceilings;
using Tidegate.Tests.Gateway.Support;
using Tidegate.Tests.Insight.CallLog.Support;
using Tidegate.Tests.Insight.Objectives.Support;

namespace Tidegate.Tests.Insight.Objectives.Ceilings;

public sealed class CeilingFinderTests : IAsyncLifetime
{
    private readonly TestConfigSource _config = new();
    private readonly FakeTimeProvider _time = new(SampleCalls.Noon.AddHours(1));
    private TestCallLog _log = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _log = await TestCallLog.StartAsync();
        _config.Apply(ObjectiveNode.Read(Services + "\n---\n" + Slo("stock", 0.99) + "\n---\n" + Slo("payments", 0.995) + "\n---\n" + Slo("ledger", 0.9)));
    }

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Fact]
    public async Task Find_ByTracesAndConsumers_SeesWhatIsCalledAndHowOften()
    {
        // Every call to shop has one to payments within it, every other one to stock; payments has one to the ledger.
        for (var i = 0; i < 100; i++)
        {
            var (trace, at) = (SampleCalls.NewTrace(), SampleCalls.Noon.AddSeconds(i));
            await _log.WriteAsync(Call("shop", trace, at, 500), Call("payments", trace, at.AddMilliseconds(100), 200), Call("ledger", trace, at.AddMilliseconds(150), 50), Call("unrelated", SampleCalls.NewTrace(), at.AddMilliseconds(120), 10));
            if (i % 2 == 0) await _log.WriteAsync(Call("stock", trace, at.AddMilliseconds(350), 50));
            // After it was over: not a part of it.
            await _log.WriteAsync(Call("mail", trace, at.AddSeconds(30), 50));
        }

        await _log.WriteAsync(Enumerable.Range(0, 20).Select(i => Call("quotes", SampleCalls.NewTrace(), SampleCalls.Noon.AddMinutes(i), 10, consumer: "shop")));

        var ceiling = await FindAsync("shop");

        Assert.Equal([("payments", 1.0, "trace"), ("stock", 0.5, "trace"), ("quotes", 0.2, "consumer")], ceiling.Observed.Select(p => (p.Service, Math.Round(p.Share, 3), p.From)));
        Assert.Equal(0.995 * (1 - (0.5 * 0.01)), ceiling.ObservedCeiling!.Value, 9);
        Assert.Equal(("stock", 0.99, "declared"), Assert.Single(ceiling.Declared) is var d ? (d.Service, d.Target!.Value, d.From) : default);
        Assert.Equal((0.99, ""), (Math.Round(ceiling.DeclaredCeiling!.Value, 9), ceiling.Reason));
        Assert.Equal("ledger", Assert.Single((await FindAsync("payments")).Observed).Service);
    }

    [Fact]
    public async Task Find_NothingToSee_SaysWhatWouldBeSeen()
    {
        await _log.WriteAsync(Call("shop", SampleCalls.NewTrace(), SampleCalls.Noon, 500));

        var ceiling = await FindAsync("shop");

        Assert.Empty(ceiling.Observed);
        Assert.Null(ceiling.ObservedCeiling);
        Assert.Contains("traceparent", ceiling.Reason, StringComparison.Ordinal);
    }

    private const string Services = """
        apiVersion: tidegate/v1
        kind: Service
        metadata: {name: shop}
        spec: {destinations: [{address: "http://127.0.0.1:9"}], dependencies: [{service: stock, kind: hard}]}
        ---
        apiVersion: tidegate/v1
        kind: Service
        metadata: {name: stock}
        spec: {destinations: [{address: "http://127.0.0.1:9"}]}
        ---
        apiVersion: tidegate/v1
        kind: Service
        metadata: {name: payments}
        spec: {destinations: [{address: "http://127.0.0.1:9"}]}
        ---
        apiVersion: tidegate/v1
        kind: Service
        metadata: {name: ledger}
        spec: {destinations: [{address: "http://127.0.0.1:9"}]}
        """;

    private static string Slo(string service, double target) => FormattableString.Invariant($$$"""
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: {{{service}}}-works}
        spec:
          service: {{{service}}}
          budgetingMethod: Occurrences
          timeWindow: [{duration: 30d, isRolling: true}]
          objectives: [{target: {{{target}}} }]
          indicator: {metadata: {name: i}, spec: {ratioMetric: {rawType: success, raw: {metricSource: {type: tidegate, spec: {measure: availability, service: [{{{service}}}]} } } } } }
        """);

    private Task<ObjectiveCeiling> FindAsync(string service) => new CeilingFinder(_config, _log.Store, _time).FindAsync(service, Cancel);

    private static CallRecord Call(string service, UInt128 trace, DateTimeOffset at, long milliseconds, string consumer = "somebody")
    {
        var call = SampleCalls.Ordinary(at);
        (call.Service, call.TraceId, call.DurationUs, call.Consumer) = (service, trace, milliseconds * 1000, consumer);
        return call;
    }
}
