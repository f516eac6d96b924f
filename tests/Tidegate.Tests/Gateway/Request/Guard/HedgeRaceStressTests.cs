using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Services;
using Tidegate.Gateway.Request;
using Tidegate.Gateway.Snapshot;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Guard;

/// <summary>Two attempts, a caller and three clocks race for every call: whoever wins, the books balance.</summary>
public sealed class HedgeRaceStressTests
{
    private const int Calls = 2000, Callers = 32;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TwoThousandHedgedCalls_RandomOutcomes_OneRecordEachAndNothingLeftInFlight()
    {
        await using var a = await TestUpstream.StartAsync(c => AnswerAsync(c, 1));
        await using var b = await TestUpstream.StartAsync(c => AnswerAsync(c, 2));
        await using var gateway = await TestGateway.StartAsync(Document(a.Address, b.Address, RawUpstream.Refused()));
        using var attempts = new MetricTally(gateway.Get<System.Diagnostics.Metrics.Meter>(), CallMetricNames.Attempts);
        var seen = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var next = 0;

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            using var client = gateway.NewClient();
            while (Interlocked.Increment(ref next) is var i && i <= Calls) seen[$"/{i}"] = await CallAsync(client, i);
        }));
        var application = gateway.Get<GatewayApplication>();
        while (application.InFlight > 0) await Task.Delay(10, Cancel);

        var records = gateway.Calls.Records;
        Assert.Equal(records.Count, records.Select(r => r.Path).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(records.Count, records.Select(r => r.Id).Distinct().Count());
        var byPath = records.ToDictionary(r => r.Path, StringComparer.Ordinal);
        foreach (var (path, status) in seen)
        {
            if (status > 0) Assert.Equal((path, status), (path, byPath[path].Status)); // a caller that left may have left before it was heard
        }

        Assert.All(records, Balances);
        Assert.Equal(records.Sum(r => r.AttemptCount), attempts.Total);
        Assert.All(gateway.Status.Destinations, d => Assert.Equal(0, d.InFlight));
        var state = gateway.Get<RunningServices>().Current[0].State;
        Assert.Equal((0, 0, 0), (state.Adaptive.InFlight, state.Bulkhead.InFlight, state.Bulkhead.Waiting));
        Assert.DoesNotContain(gateway.Given.Log.Lines, l => l.Message.Contains("failed inside the gateway", StringComparison.Ordinal));
        TestContext.Current.TestOutputHelper?.WriteLine($"{records.Count} records; hedged {records.Count(r => Kinds(r).Contains(AttemptKind.Hedge))}; "
            + string.Join(", ", records.GroupBy(r => r.Outcome).Select(g => $"{g.Key} {g.Count()}")));
        foreach (var outcome in new[] { CallOutcome.Ok, CallOutcome.ClientCancelled, CallOutcome.UpstreamError }) Assert.Contains(records, r => r.Outcome == outcome);
        Assert.Contains(records, r => Kinds(r).Contains(AttemptKind.Hedge) && r.Outcome == CallOutcome.Ok);
    }

    private static IEnumerable<AttemptKind> Kinds(CallRecord record) => Enumerable.Range(0, record.AttemptCount).Select(i => record.Attempt(i).Kind);

    private static void Balances(CallRecord record)
    {
        var all = Enumerable.Range(0, record.AttemptCount).Select(i => record.Attempt(i)).ToList();
        Assert.InRange(all.Count, record.Outcome is CallOutcome.Shed or CallOutcome.ClientCancelled ? 0 : 1, 3);
        Assert.InRange(all.Count(t => t.Kind == AttemptKind.First), 0, 1);
        Assert.InRange(all.Count(t => t.Kind == AttemptKind.Hedge), 0, 1);
        Assert.Equal(all.OrderBy(t => t.StartUs), all); // in order of start
        Assert.InRange(all.Count(t => t.Outcome == CallOutcome.Ok), 0, 1);
        if (record.Outcome == CallOutcome.Ok) Assert.Equal(record.Destination, Assert.Single(all, t => t.Outcome == CallOutcome.Ok).Destination);
        Assert.All(all, t => Assert.InRange(t.DurationUs, 0, record.DurationUs));
    }

    // Status, or 0 for a caller that left, -1 for an answer that broke off.
    private static async Task<int> CallAsync(HttpClient client, int number)
    {
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        if (number % 7 == 0) leave.CancelAfter(number % 30);
        try
        {
            using var response = await client.GetAsync($"/{number}", leave.Token);
            return (int)response.StatusCode;
        }
        catch (OperationCanceledException) when (number % 7 == 0)
        {
            return 0;
        }
        catch (HttpRequestException)
        {
            return -1;
        }
    }

    private static async Task AnswerAsync(HttpContext context, int salt)
    {
        var number = int.Parse(context.Request.Path.Value.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);
        var draw = new Random((number * 31) + salt);
        var wait = draw.Next(12);
        try
        {
            if (wait > 0) await Task.Delay(wait, context.RequestAborted);
            switch (draw.Next(10))
            {
                case 0:
                    context.Response.StatusCode = 503;
                    break;
                case 1:
                    context.Abort();
                    break;
                case 2:
                    await Task.Delay(Timeout.Infinite, context.RequestAborted);
                    break;
                case 3:
                    context.Response.ContentLength = 100;
                    await context.Response.WriteAsync("too little", context.RequestAborted);
                    await context.Response.Body.FlushAsync(context.RequestAborted);
                    context.Abort();
                    break;
                default:
                    await context.Response.WriteAsync("whole", context.RequestAborted);
                    break;
            }
        }
        catch (OperationCanceledException)
        {
            // The attempt was given up.
        }
    }

    private static ConfigDocument Document(params Uri[] addresses) => Config.Document(Config.Service("svc", new ServiceConfig
    {
        Destinations = [.. addresses.Select((a, i) => new DestinationConfig { Name = $"d{i}", Address = a })],
        Balancing = new BalancingConfig { Policy = "roundRobin" },
        Resilience = new ResilienceConfig
        {
            Deadline = TimeSpan.FromSeconds(20), AttemptTimeout = TimeSpan.FromMilliseconds(100), Breaker = null,
            Retry = new RetryConfig { MaxAttempts = 3, BackoffBase = TimeSpan.FromMilliseconds(1), BudgetRatio = 1, BudgetMinimumPerSecond = 1000 },
            Hedging = new HedgingConfig { Delay = TimeSpan.FromMilliseconds(3), MaxShare = 1 },
            AdaptiveConcurrency = new AdaptiveConcurrencyConfig { Minimum = 20, Initial = 40 }, Bulkhead = new BulkheadConfig { MaxConcurrent = 24, Queue = 100 },
        },
        Health = new HealthConfig { Passive = new PassiveHealthConfig { ConsecutiveFailures = 0 } },
    }), Config.Route("all", "svc"));
}
