using System.Text;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Tests.Insight.Indicators.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Indicators.Prometheus;

/// <summary>Objectives over a real Prometheus that had its data before the objectives were there.</summary>
public sealed class RealPrometheusTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 3, 7, TimeSpan.Zero);
    private static readonly DateTimeOffset Edge = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Start = Edge.AddDays(-5);
    private static readonly DateTimeOffset First = Start.AddSeconds(7);

    private readonly SqliteTestDatabase _database = new();
    private readonly FakeTimeProvider _time = new(Now);

    // Two programs, scraped every 30 seconds since five days: one is started anew twice, some minutes have errors.
    private readonly ScrapedCounter[] _good = [Counter(n => 40 + (n % 7)), Counter(n => 25 + (n % 3), 4000, 13_000)];
    private readonly ScrapedCounter[] _bad = [Counter(n => n % 11 == 0 ? 3 : 0), Counter(n => n % 503 == 0 ? 20 : 0, 4000, 13_000)];
    private PrometheusServerProcess _prometheus = null!;

    public async ValueTask InitializeAsync()
    {
        var text = new StringBuilder("# TYPE shop_requests counter\n");
        for (var i = 0; i < 2; i++)
        {
            PrometheusServerProcess.Write(text, $"code=\"200\",instance=\"{i}\"", "shop_requests_total", _good[i].Samples);
            PrometheusServerProcess.Write(text, $"code=\"500\",instance=\"{i}\"", "shop_requests_total", _bad[i].Samples);
        }

        text.Append("# TYPE shop_latency gauge\n");
        PrometheusServerProcess.Write(text, "", "shop_latency", Latency);
        _prometheus = await PrometheusServerProcess.StartAsync(text.Append("# EOF\n").ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await _prometheus.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Counters_ThatWereThereBefore_AreCountedExactly_OverRestartsAndOutages()
    {
        var documents = Documents(PrometheusDocuments.Slo("shop", PrometheusDocuments.Ratio("shop_requests_total{code=\"200\"}", "sum(shop_requests_total)")));
        await using (var node = await PrometheusNode.StartAsync(_database, _time, documents))
        {
            await node.AskAsync();
            // What alerts look at is there at once, the rest is said to come.
            var first = node.Status("shop");
            Assert.Equal(("reading", Events(Edge.AddDays(-3), Edge)), (first.State, (first.Bad, first.Total)));
            Assert.Contains("Its past is being read", first.Reason, StringComparison.Ordinal);

            await node.ReadPastAsync();
            IsExact(node);

            await node.RunAsync(TimeSpan.FromMinutes(10));
            IsExact(node);
        }

        // Five minutes nobody asks, then another process does, on the same database.
        _time.Advance(TimeSpan.FromMinutes(5));
        await using (var node = await PrometheusNode.StartAsync(_database, _time, documents))
        {
            await node.AskAsync();
            IsExact(node);
            Assert.Equal("", node.Status("shop").Reason);

            // An outage is no data with the reason; what was counted stays.
            var before = node.Status("shop");
            await _prometheus.StopAsync();
            await node.RunAsync(TimeSpan.FromMinutes(3));
            var without = node.Status("shop");
            Assert.Equal(("no_data", before.Bad, before.Total), (without.State, without.Bad, without.Total));
            Assert.Contains("cannot be reached", without.Reason, StringComparison.Ordinal);
            Assert.Contains("metrics (http://127.0.0.1:", without.Reason, StringComparison.Ordinal);

            await _prometheus.StartAsync();
            await node.AskAsync(TimeSpan.FromSeconds(10));
            IsExact(node);
            Assert.NotEqual("no_data", node.Status("shop").State);
        }
    }

    [Fact]
    public async Task Forms_OfOpenSlo_GiveWhatTheyMean()
    {
        const string Good = "shop_requests_total{code=\"200\"}", All = "shop_requests_total";
        await using var node = await PrometheusNode.StartAsync(_database, _time, Documents(
            PrometheusDocuments.Slo("bad", PrometheusDocuments.Ratio("shop_requests_total{code=\"500\"}", All, word: "bad"), "7d"),
            PrometheusDocuments.Slo("window", PrometheusDocuments.Ratio($"sum(increase({Good}[{{{{.window}}}}]))", $"sum(increase({All}[{{{{.window}}}}]))", more: ", step: 5m"), "7d"),
            PrometheusDocuments.Slo("rate", PrometheusDocuments.Ratio($"sum(rate({Good}[{{{{.window}}}}]))", $"sum(rate({All}[{{{{.window}}}}]))", more: ", step: 5m"), "7d"),
            PrometheusDocuments.Slo("written", PrometheusDocuments.Ratio($"sum(increase({Good}[1m]))", $"sum(increase({All}[1m]))", counter: false), "7d"),
            PrometheusDocuments.Slo("expression", PrometheusDocuments.Ratio($"shop_requests_total{{code=\"200\",instance=\"0\"}} + 0", "sum by (instance) (shop_requests_total{instance=\"0\"})"), "7d"),
            PrometheusDocuments.Slo("raw", PrometheusDocuments.Raw($"sum(rate({Good}[5m])) / sum(rate({All}[5m]))", "success"), "7d"),
            PrometheusDocuments.Slo("raw-bad", PrometheusDocuments.Raw($"1 - sum(rate({Good}[5m])) / sum(rate({All}[5m]))", "failure"), "7d"),
            PrometheusDocuments.Slo("fast", PrometheusDocuments.Value("shop_latency"), "7d", "op: lte, value: 0.3, target: 0.99"),
            PrometheusDocuments.Slo("slow", PrometheusDocuments.Value("max_over_time(shop_latency[{{.window}}])"), "7d", "op: gt, value: 0.4, target: 0.01")));

        await node.ReadPastAsync();

        var until = Border();
        var (bad, total) = Events(Start, until);
        Assert.Equal((bad, total), (node.Status("bad").Bad, node.Status("bad").Total));
        // Extrapolated by Prometheus, so not whole; but nothing is lost by rounding.
        Assert.InRange(node.Status("window").Total / total, 0.99, 1.01);
        Assert.InRange(node.Status("window").Bad / bad, 0.97, 1.03);
        Assert.Equal(node.Status("window").Total, node.Status("rate").Total, 1e-3);
        Assert.Equal(node.Status("window").Bad, node.Status("rate").Bad, 1e-3);
        Assert.InRange(node.Status("written").Total / total, 0.97, 1.03);
        Assert.Equal((_bad[0].Events(Start, until), _good[0].Events(Start, until) + _bad[0].Events(Start, until)), (node.Status("expression").Bad, node.Status("expression").Total));
        Assert.InRange(node.Status("raw").Ratio!.Value, 0.993, 0.998);
        Assert.Equal(node.Status("raw").Ratio!.Value, node.Status("raw-bad").Ratio!.Value, 1e-9);
        Assert.InRange(node.Status("raw").Total, 7190, 7201);
        // Every tenth minute is at 0.5, the others at 0.2; the border of a minute sees the value scraped before it.
        Assert.Equal(0.9, node.Status("fast").Ratio!.Value, 1e-3);
        Assert.Equal(0.5, node.Status("slow").Ratio!.Value, 1e-2);
        Assert.Equal("shop_requests_total{code=\"500\"}", node.Status("bad").Good["all but ".Length..].Split(" of ")[0]);
        Assert.Equal("minutes with shop_latency at most 0.3", node.Status("fast").Good);
    }

    [Fact]
    public async Task Slices_OfAPastThatIsReadInParts_AreJudgedAsWhatTheyWere()
    {
        var slo = PrometheusDocuments.Slo("slices", PrometheusDocuments.Ratio("shop_requests_total{code=\"200\"}", "shop_requests_total"), "7d", "target: 0.9, timeSliceTarget: 0.995, timeSliceWindow: 1m");
        await using var node = await PrometheusNode.StartAsync(_database, _time, Documents(slo.Replace("Occurrences", "Timeslices", StringComparison.Ordinal)));

        await node.ReadPastAsync();

        var (bad, all) = (0, 0);
        for (var minute = Start; minute < Border(); minute += TimeSpan.FromMinutes(1))
        {
            var (some, total) = Events(minute, minute.AddMinutes(1));
            if (total == 0) continue;
            all++;
            if (some / total > 0.005) bad++;
        }

        Assert.InRange(bad, 100, all - 100);
        Assert.Equal((bad, all), ((int)node.Status("slices").Bad, (int)node.Status("slices").Total));
    }

    [Fact]
    public async Task Expression_ThatIsWrong_IsShownWithWhatPrometheusSays_AndStopsNobody()
    {
        await using var node = await PrometheusNode.StartAsync(_database, _time, Documents(
            PrometheusDocuments.Slo("wrong", PrometheusDocuments.Ratio("sum(rate(shop_requests_total[5m]", "sum(shop_requests_total)")),
            PrometheusDocuments.Slo("nothing", PrometheusDocuments.Ratio("no_such_metric{code=\"200\"}", "no_such_metric")),
            PrometheusDocuments.Slo("right", PrometheusDocuments.Ratio("shop_requests_total{code=\"200\"}", "shop_requests_total"), "3d")));

        await node.AskAsync();

        Assert.Equal("no_data", node.Status("wrong").State);
        Assert.Contains("parse error", node.Status("wrong").Reason, StringComparison.Ordinal);
        Assert.EndsWith("to: sum(rate(shop_requests_total[5m].", node.Status("wrong").Reason, StringComparison.Ordinal);
        Assert.Equal(("no_data", 0.0), (node.Status("nothing").State, node.Status("nothing").Total));
        Assert.Contains("has had no value for 10 minutes of: sum((no_such_metric", node.Status("nothing").Reason, StringComparison.Ordinal);
        Assert.True(node.Status("right") is { State: "reading", Total: > 0 }, node.Status("right").State);
        Assert.Equal(3230, Assert.Single(node.Log.Lines).Event);
    }

    private static ScrapedCounter Counter(Func<int, double> events, params IReadOnlyList<int> resets) => new(First, Edge.AddHours(1), TimeSpan.FromSeconds(30), events, resets);

    private static IEnumerable<(DateTimeOffset At, double Value)> Latency => Enumerable.Range(0, 5 * 1440).Select(m => (First.AddMinutes(m), m % 10 == 0 ? 0.5 : 0.2));

    private string Documents(params IEnumerable<string> slos) => PrometheusDocuments.Source("metrics", _prometheus.Address) + string.Concat(slos)[..^4];

    private (double Bad, double Total) Events(DateTimeOffset from, DateTimeOffset until)
    {
        var bad = _bad.Sum(c => c.Events(from, until));
        return (bad, bad + _good.Sum(c => c.Events(from, until)));
    }

    // The last minute that is over.
    private DateTimeOffset Border() => new(_time.GetUtcNow().UtcTicks - (_time.GetUtcNow().UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);

    private void IsExact(PrometheusNode node)
    {
        var (bad, total) = Events(Start, Border());
        var status = node.Status("shop");
        Assert.Equal((bad, total), (status.Bad, status.Total));
        Assert.Equal(1 - (bad / total / 0.01), status.BudgetLeft!.Value, 9);
    }
}
